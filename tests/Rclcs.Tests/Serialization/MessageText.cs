using System.Collections;
using System.Globalization;
using System.Text;

namespace rclcs.Tests.Serialization;

/// <summary>Writes all values of a message as text, so that messages can be compared and differences are seen.</summary>
internal static class MessageText
{
    public static string Of(object message)
    {
        var text = new StringBuilder();
        Append(text, message, "");
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, string path)
    {
        switch (value)
        {
            case string or null:
                text.AppendLine($"{path} = \"{value}\"");
                break;
            case IFormattable or bool:
                text.AppendLine(CultureInfo.InvariantCulture, $"{path} = {value}");
                break;
            case ReadOnlyMemory<byte> bytes:
                text.AppendLine($"{path} = {Convert.ToHexString(bytes.Span)}");
                break;
            case IList list:
                text.AppendLine(CultureInfo.InvariantCulture, $"{path} has {list.Count}");
                for (var i = 0; i < list.Count; i++)
                    Append(text, list[i], $"{path}[{i}]");
                break;
            default:
                foreach (var property in value.GetType().GetProperties())
                    Append(text, property.GetValue(value), $"{path}.{property.Name}");
                break;
        }
    }
}

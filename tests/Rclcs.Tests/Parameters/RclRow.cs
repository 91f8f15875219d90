using System.Globalization;
using System.Text.Json;

namespace rclcs.Tests.Parameters;

/// <summary>What rcl's own parser makes of a parameter file: all values by node and name, or null where it refuses the file.</summary>
/// <param name="File">The file.</param>
/// <param name="Rcl">What rcl reads: more than one value where it keeps several for a name, none for an empty array.</param>
/// <param name="Ours">What we read instead, where that differs on purpose.</param>
internal sealed record RclRow(string File, JsonElement Rcl, JsonElement Ours)
{
    /// <summary>The rows of rcl_values.json.</summary>
    public static IReadOnlyList<RclRow> All { get; } = Load();

    /// <summary>What we have to read; null where we have to refuse.</summary>
    public IReadOnlyDictionary<string, string>? Expected => Describe(Ours.ValueKind == JsonValueKind.Undefined ? Rcl : Ours);

    /// <summary>Values as text, by "node name".</summary>
    public static IReadOnlyDictionary<string, string>? Describe(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Array)
            return null;

        var result = new Dictionary<string, string>();
        foreach (var parameter in parameters.EnumerateArray())
        {
            var key = $"{new NodePattern(parameter[0].GetString()!).Text} {parameter[1].GetString()}";
            result[key] = string.Join(" | ", parameter[2].EnumerateArray().Select(Value).DefaultIfEmpty("strings []"));
        }

        return result;
    }

    /// <summary>Whether we read the same names, and for each one of the values that rcl keeps.</summary>
    public static bool IsAmong(IReadOnlyDictionary<string, string> ours, IReadOnlyDictionary<string, string> rcl) =>
        ours.Count == rcl.Count
        && ours.All(pair => rcl.TryGetValue(pair.Key, out var values)
            && (values.Split(" | ").Contains(pair.Value) || pair.Value == "strings []")); // Which leaves what rcl read before.

    /// <summary>Values for people.</summary>
    public static string Show(IReadOnlyDictionary<string, string>? values) =>
        values is null ? "refuses it" : $"reads {string.Join(", ", values.Select(pair => $"{pair.Key} = {pair.Value}"))}";

    /// <summary>Reads a file ourselves; null where we refuse it, with a sentence in it.</summary>
    public static IReadOnlyDictionary<string, string>? Read(string file, out string sentence)
    {
        sentence = "";
        try
        {
            var result = new Dictionary<string, string>();
            foreach (var value in ParameterFile.Read(new StringReader(file), "config.yaml"))
                result[$"{value.Node.Text} {value.Name}"] = Describe(value.Value);

            return result;
        }
        catch (RosArgumentsException exception)
        {
            sentence = exception.Message;
            return null;
        }
    }

    private static string Value(JsonElement value)
    {
        var (type, content) = value.EnumerateObject().Select(property => (property.Name, property.Value)).Single();
        return content.ValueKind == JsonValueKind.Array
            ? $"{type} [{string.Join(", ", content.EnumerateArray().Select(element => Describe(type, element)))}]"
            : $"{type} {Describe(type, content)}";
    }

    private static string Describe(string type, JsonElement value) => type is "double" or "doubles"
        ? Text((value.ValueKind == JsonValueKind.Number ? value.GetDouble() : value.GetString() switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.NaN,
        }))
        : value.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(value.GetString()) : value.GetRawText();

    private static string Describe(ParameterValue value) => value.Type switch
    {
        ParameterType.Bool => $"bool {Text(value.As<bool>())}",
        ParameterType.Integer => $"integer {Text(value.As<long>())}",
        ParameterType.Double => $"double {Text(value.As<double>())}",
        ParameterType.String => $"string {Text(value.As<string>())}",
        ParameterType.BoolArray => $"bools [{string.Join(", ", value.As<bool[]>().Select(element => Text(element)))}]",
        ParameterType.IntegerArray => $"integers [{string.Join(", ", value.As<long[]>().Select(element => Text(element)))}]",
        ParameterType.DoubleArray => $"doubles [{string.Join(", ", value.As<double[]>().Select(element => Text(element)))}]",
        _ => $"strings [{string.Join(", ", value.As<string[]>().Select(element => Text(element)))}]",
    };

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => JsonSerializer.Serialize(text),
        IFormattable number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => "",
    };

    private static List<RclRow> Load()
    {
        using var stream = typeof(RclRow).Assembly.GetManifestResourceStream("rcl_values.json")!;
        var rows = JsonDocument.Parse(stream).RootElement.GetProperty("rows");
        return
        [
            .. rows.EnumerateArray().Select(row => new RclRow(
                row.GetProperty("file").GetString()!,
                row.GetProperty("rcl"),
                row.TryGetProperty("ours", out var ours) ? ours : default)),
        ];
    }
}

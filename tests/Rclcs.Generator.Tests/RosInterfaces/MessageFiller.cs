using System.Collections;
using System.Text;
using rclcs.Generator.Parsing;
using rclcs.Serialization;

namespace rclcs.Generator.Tests.RosInterfaces;

/// <summary>
/// Fills messages with the values at which something may go wrong. Every filling takes the next value for each field, so
/// that after <see cref="Fillings"/> of them every field has had every value and every count.
/// </summary>
internal sealed class MessageFiller(GeneratedInterfaces interfaces, int filling)
{
    /// <summary>As many as there are values of the type that has the most.</summary>
    public const int Fillings = 9;

    /// <summary>The filling in which all sequences are as long as they get.</summary>
    public const int Longest = 0;

    private const int Many = 2;

    private static readonly Dictionary<Type, Array> Values = new()
    {
        [typeof(bool)] = new[] { true, false },
        [typeof(byte)] = new byte[] { byte.MaxValue, 0, 1 },
        [typeof(sbyte)] = new sbyte[] { sbyte.MinValue, sbyte.MaxValue, 0 },
        [typeof(short)] = new short[] { short.MinValue, short.MaxValue, 0 },
        [typeof(ushort)] = new ushort[] { ushort.MaxValue, 0, 0x1234 },
        [typeof(int)] = new[] { int.MinValue, int.MaxValue, 0 },
        [typeof(uint)] = new[] { uint.MaxValue, 0u, 0x12345678u },
        [typeof(long)] = new[] { long.MinValue, long.MaxValue, 0 },
        [typeof(ulong)] = new[] { ulong.MaxValue, 0ul, 0x123456789abcdef0ul },
        [typeof(float)] = new[]
        {
            float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon,
            -0f, 0f, BitConverter.Int32BitsToSingle(0x7fc12345),
        },
        [typeof(double)] = new[]
        {
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon,
            -0d, 0d, BitConverter.Int64BitsToDouble(0x7ff8123456789abc),
        },
    };

    private static readonly string[] Texts = ["a", "", "grüße 😀", "\u0001\u007f\uffff", "\"quoted\"\n"];

    /// <summary>A new message, filled.</summary>
    public IMessage Create(Type type) => Fill((IMessage)Activator.CreateInstance(type)!);

    private IMessage Fill(IMessage message)
    {
        foreach (var (property, type) in interfaces.FieldsOf(message))
            property.SetValue(message, Value(property.PropertyType, type, property.GetValue(message)));

        return message;
    }

    private object Value(Type property, FieldType type, object? current)
    {
        if (type.IsByteSequence)
            return new ReadOnlyMemory<byte>([.. Enumerable.Range(0, Count(type)).Select(i => (byte)Element(typeof(byte), type, i))]);

        if (current is not IList list)
            return Element(property, type, 0);

        var element = property.IsArray ? property.GetElementType()! : property.GetGenericArguments()[0];
        if (type.IsSequence)
            list.Clear();

        for (var i = 0; i < (type.IsSequence ? Count(type) : list.Count); i++)
        {
            var value = Element(element, type, i);
            if (type.IsSequence)
                list.Add(value);
            else
                list[i] = value;
        }

        return list;
    }

    private int Count(FieldType type) => (filling % 3) switch
    {
        0 => type.Capacity > 0 ? type.Capacity : Many,
        1 => 0,
        _ => 1,
    };

    private object Element(Type element, FieldType type, int index)
    {
        if (type.IsString)
            return Text(type, index);

        if (!Values.TryGetValue(element, out var values))
            return Create(element);

        return values.GetValue((filling + index) % values.Length)!;
    }

    private string Text(FieldType type, int index)
    {
        // The longest first, where there is a limit.
        string[] longest = type.StringBound > 0 ? [new string('x', type.StringBound)] : [];
        var fitting = longest.Concat(Texts).Where(text => type.StringBound == 0 || LengthOf(text, type) <= type.StringBound).ToList();
        return fitting[(filling + index) % fitting.Count];
    }

    private static int LengthOf(string text, FieldType type) =>
        type.Base == BaseType.WString ? text.Length : Encoding.UTF8.GetByteCount(text);
}

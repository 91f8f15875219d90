using System.Numerics;
using System.Text;

namespace rclcs.Generator.Parsing;

/// <summary>Reads constants and default values the way rosidl does.</summary>
internal static class ValueParser
{
    /// <summary>Reads one value.</summary>
    /// <param name="text">The value as the file writes it.</param>
    /// <param name="type">Its type; not a message.</param>
    /// <param name="stringBound">Most units in a string, 0 for no limit.</param>
    /// <exception cref="FormatException">It is no such value; the message says why.</exception>
    public static Value Parse(string text, BaseType type, int stringBound = 0) => new(type, type switch
    {
        BaseType.Bool => ParseBool(text),
        BaseType.Float32 or BaseType.Float64 => ParseFloat(text, type),
        BaseType.String or BaseType.WString => CheckLength(Unquote(text), type, stringBound),
        _ => ParseInteger(text, type),
    });

    /// <summary>Reads the default of a field: one value, or <c>[a, b, c]</c> for an array or sequence.</summary>
    /// <param name="text">The default as the file writes it.</param>
    /// <param name="type">The field's type.</param>
    /// <exception cref="FormatException">It is no such value; the message says why.</exception>
    public static EquatableArray<Value> ParseDefault(string text, FieldType type)
    {
        if (type.Base == BaseType.Message)
            throw new FormatException("a message cannot have a default");

        if (type.Multiplicity == Multiplicity.One)
            return new([Parse(text, type.Base, type.StringBound)]);

        if (!text.StartsWith("[", StringComparison.Ordinal) || !text.EndsWith("]", StringComparison.Ordinal))
            throw new FormatException("the default of an array stands between '[' and ']'");

        var elements = SplitElements(text.Substring(1, Math.Max(0, text.Length - 2)), type.Base);
        if (type.Multiplicity == Multiplicity.Array && elements.Count != type.Capacity)
            throw new FormatException($"it has {elements.Count} elements, but must have {type.Capacity}");

        if (type.Multiplicity == Multiplicity.BoundedSequence && elements.Count > type.Capacity)
            throw new FormatException($"it has {elements.Count} elements, but at most {type.Capacity} are allowed");

        return new(elements.Select(element => Parse(element, type.Base, type.StringBound)));
    }

    private static bool ParseBool(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw new FormatException("it must be true, false, 1 or 0"),
    };

    private static double ParseFloat(string text, BaseType type)
    {
        if (!PythonNumbers.TryParseFloat(text, out var value))
            throw new FormatException("it must be a number with '.' as the decimal point");

        var isWord = text.TrimStart('+', '-').StartsWith("i", StringComparison.OrdinalIgnoreCase);
        return double.IsInfinity(type == BaseType.Float32 ? (float)value : value) && !isWord
            ? throw new FormatException("it is too large")
            : value;
    }

    private static decimal ParseInteger(string text, BaseType type)
    {
        var (smallest, largest) = RangeOf(type);
        return PythonNumbers.TryParseInteger(text, out var value) && value >= (BigInteger)smallest && value <= (BigInteger)largest
            ? (decimal)value
            : throw new FormatException($"it must be a whole number from {smallest} to {largest}");
    }

    private static (decimal Smallest, decimal Largest) RangeOf(BaseType type) => type switch
    {
        BaseType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        BaseType.Int16 => (short.MinValue, short.MaxValue),
        BaseType.UInt16 => (ushort.MinValue, ushort.MaxValue),
        BaseType.Int32 => (int.MinValue, int.MaxValue),
        BaseType.UInt32 => (uint.MinValue, uint.MaxValue),
        BaseType.Int64 => (long.MinValue, long.MaxValue),
        BaseType.UInt64 => (ulong.MinValue, ulong.MaxValue),
        _ => (byte.MinValue, byte.MaxValue),
    };

    /// <summary>Takes away the quotes around a text, and the backslash in front of such quotes within.</summary>
    private static string Unquote(string text)
    {
        // One quote alone is both the first and the last, and a text that only begins with one is just that.
        if (!StartsWithQuote(text) || text[text.Length - 1] != text[0])
            return text;

        var quote = text[0];
        var inner = text.Length == 1 ? "" : text.Substring(1, text.Length - 2);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == quote && (i == 0 || inner[i - 1] != '\\'))
                throw new FormatException($"within the text a {quote} is written \\{quote}");
        }

        return inner.Replace($"\\{quote}", quote.ToString());
    }

    private static bool StartsWithQuote(string text) => text.Length > 0 && (text[0] is '"' or '\'');

    private static int FindClosingQuote(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == text[0] && text[i - 1] != '\\')
                return i;
        }

        return -1;
    }

    private static string CheckLength(string text, BaseType type, int bound)
    {
        var length = type == BaseType.String ? Encoding.UTF8.GetByteCount(text) : text.Length;
        return bound == 0 || length <= bound
            ? text
            : throw new FormatException($"it is longer than the {bound} units that are allowed");
    }

    private static List<string> SplitElements(string text, BaseType type)
    {
        if (text.Length == 0)
            return [];

        var elements = type is BaseType.String or BaseType.WString ? SplitStrings(text) : [.. text.Split(',')];
        return [.. elements.Select(element => element.Trim())];
    }

    /// <summary>Splits at commas outside of quotes, which it takes away.</summary>
    private static List<string> SplitStrings(string text)
    {
        var elements = new List<string>();
        for (var rest = text; rest.Length > 0;)
        {
            rest = rest.TrimStart(' ');
            if (rest.Length == 0 || rest[0] == ',')
                throw new FormatException("between its commas an element is missing");

            var end = rest.IndexOf(',');
            if (StartsWithQuote(rest))
            {
                var close = FindClosingQuote(rest);
                if (close < 0)
                    throw new FormatException($"the closing {rest[0]} of {rest} is missing (a # starts a comment even between quotes)");

                elements.Add(rest.Substring(1, close - 1).Replace($"\\{rest[0]}", rest[0].ToString()));
                end = close + 1;
            }
            else
            {
                end = end < 0 ? rest.Length : end;
                elements.Add(rest.Substring(0, end));
            }

            rest = rest.Substring(end).TrimStart(' ');
            if (rest.Length > 0 && rest[0] == ',')
                rest = rest.Substring(1);
        }

        return elements;
    }
}

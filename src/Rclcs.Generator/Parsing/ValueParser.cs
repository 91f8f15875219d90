using System.Globalization;
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
        BaseType.Float32 => ParseFloat(text, float.MaxValue),
        BaseType.Float64 => ParseFloat(text, double.MaxValue),
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

        var elements = SplitElements(text.Substring(1, text.Length - 2));
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

    private static double ParseFloat(string text, double largest)
    {
        switch (text.ToLowerInvariant().TrimStart('+'))
        {
            case "nan" or "-nan":
                return double.NaN;
            case "inf" or "infinity":
                return double.PositiveInfinity;
            case "-inf" or "-infinity":
                return double.NegativeInfinity;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw new FormatException("it must be a number with '.' as the decimal point");

        if (Math.Abs(value) > largest)
            throw new FormatException("it is too large");

        return value;
    }

    private static decimal ParseInteger(string text, BaseType type)
    {
        var (smallest, largest) = RangeOf(type);
        if (!TryParseInteger(text, out var value) || value < smallest || value > largest)
            throw new FormatException($"it must be a whole number from {smallest} to {largest}");

        return value;
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

    /// <summary>Decimal, or with the prefix 0x, 0o or 0b; with a sign or without.</summary>
    private static bool TryParseInteger(string text, out decimal value)
    {
        value = 0;
        var negative = text.StartsWith("-", StringComparison.Ordinal);
        var digits = negative || text.StartsWith("+", StringComparison.Ordinal) ? text.Substring(1) : text;
        var radix = digits.Length > 2 && digits[0] == '0'
            ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 }
            : 10;
        if (radix != 10)
            digits = digits.Substring(2);

        if (digits.Length == 0)
            return false;

        foreach (var character in digits)
        {
            var digit = "0123456789abcdef".IndexOf(char.ToLowerInvariant(character));
            if (digit < 0 || digit >= radix || value > ulong.MaxValue)
                return false;

            // A decimal holds far more than 64 bits.
            value = (value * radix) + digit;
        }

        if (negative)
            value = -value;

        return true;
    }

    /// <summary>Takes away the quotes around a text, and the backslash in front of such quotes within.</summary>
    private static string Unquote(string text)
    {
        if (!StartsWithQuote(text))
            return text;

        var quote = text[0];
        var end = FindClosingQuote(text);
        if (end < 0)
            throw new FormatException($"the closing {quote} is missing (a # starts a comment even between quotes)");

        if (end != text.Length - 1)
            throw new FormatException($"behind the closing {quote} nothing may follow; within the text it is written \\{quote}");

        return text.Substring(1, end - 1).Replace($"\\{quote}", quote.ToString());
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

    /// <summary>Splits at commas outside of quotes.</summary>
    private static List<string> SplitElements(string text)
    {
        var elements = new List<string>();
        var rest = text.Trim();
        while (rest.Length > 0)
        {
            var quoted = StartsWithQuote(rest) ? FindClosingQuote(rest) : 0;
            if (quoted < 0)
                throw new FormatException($"the closing {rest[0]} of {rest} is missing");

            var comma = rest.IndexOf(',', quoted);
            elements.Add((comma < 0 ? rest : rest.Substring(0, comma)).Trim());
            if (comma < 0)
                break;

            rest = rest.Substring(comma + 1).Trim();
            if (rest.Length == 0)
                throw new FormatException("behind the last comma an element is missing");
        }

        return elements;
    }
}

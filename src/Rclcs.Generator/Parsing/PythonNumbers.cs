using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace rclcs.Generator.Parsing;

/// <summary>Numbers as Python's <c>int</c> and <c>float</c> read them, in which rosidl is written; only of ASCII digits.</summary>
internal static class PythonNumbers
{
    private static readonly Regex Decimal = new(@"\A(?<sign>[+-]?)(?<digits>[0-9]+(_[0-9]+)*)\z");

    private static readonly Regex Prefixed = new(
        @"\A(?<sign>[+-]?)0([xX](?<hex>(_?[0-9a-fA-F])+)|[oO](?<octal>(_?[0-7])+)|[bB](?<binary>(_?[01])+))\z");

    private static readonly Regex Word = new(@"\A(?<sign>[+-]?)(nan|(?<infinity>inf(inity)?))\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Real = new(
        @"\A[+-]?([0-9]+(_[0-9]+)*(\.([0-9]+(_[0-9]+)*)?)?|\.[0-9]+(_[0-9]+)*)([eE][+-]?[0-9]+(_[0-9]+)*)?\z");

    /// <summary>What <c>int(text)</c> is.</summary>
    public static bool TryParseDecimal(string text, out BigInteger value) => TryParse(Decimal.Match(text), out value, ("digits", 10));

    /// <summary>What <c>int(text)</c> is, or else <c>int(text, 0)</c>: also with a prefix 0x, 0o or 0b.</summary>
    public static bool TryParseInteger(string text, out BigInteger value) => TryParseDecimal(text, out value)
        || TryParse(Prefixed.Match(text), out value, ("hex", 16), ("octal", 8), ("binary", 2));

    /// <summary>What <c>float(text)</c> is.</summary>
    public static bool TryParseFloat(string text, out double value)
    {
        var word = Word.Match(text);
        if (word.Success)
        {
            var magnitude = word.Groups["infinity"].Success ? double.PositiveInfinity : double.NaN;
            value = word.Groups["sign"].Value == "-" ? -magnitude : magnitude;
            return true;
        }

        value = 0;
        return Real.IsMatch(text)
            && double.TryParse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParse(Match match, out BigInteger value, params (string Group, int Radix)[] notations)
    {
        value = BigInteger.Zero;
        if (!match.Success)
            return false;

        var (group, radix) = notations.First(notation => match.Groups[notation.Group].Success);

        // More digits than any number that fits a type has, even in binary, leave it too large.
        foreach (var digit in match.Groups[group].Value.Replace("_", "").TrimStart('0').Take(100))
            value = (value * radix) + "0123456789abcdef".IndexOf(char.ToLowerInvariant(digit));

        if (match.Groups["sign"].Value == "-")
            value = -value;

        return true;
    }
}

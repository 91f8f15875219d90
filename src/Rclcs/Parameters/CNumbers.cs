using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace rclcs;

/// <summary>
/// Numbers as C's <c>strtoll</c> (base 0) and <c>strtod</c> read them in the locale "C" of glibc, where the whole text
/// has to be the number: rcl_yaml_param_parser asks them what a value is. What is out of range is no number.
/// </summary>
internal static partial class CNumbers
{
    private const int SmallestExponent = -1074;

    // More bits than a double's: the rest only decides how it is rounded.
    private const int MantissaBits = 128;

    /// <summary>Reads a decimal number, a hexadecimal one behind <c>0x</c>, or an octal one behind <c>0</c>.</summary>
    public static bool TryParseInteger(string text, out long value)
    {
        value = 0;
        if (Integer().Match(text) is not { Success: true } match)
            return false;

        var (radix, digits) = match.Groups["hex"] is { Success: true } hex ? (16, hex)
            : match.Groups["octal"] is { Success: true } octal ? (8, octal)
            : (10, match.Groups["decimal"]);
        var magnitude = Int128.Zero;
        foreach (var digit in digits.ValueSpan)
        {
            magnitude = (magnitude * radix) + Convert.ToInt32(digit.ToString(), 16);
            if (magnitude > (Int128)long.MaxValue + 1)
                return false;
        }

        var signed = match.Groups["sign"].ValueSpan is "-" ? -magnitude : magnitude;
        value = (long)Int128.Clamp(signed, long.MinValue, long.MaxValue);
        return value == signed;
    }

    /// <summary>Reads a decimal number, a hexadecimal one behind <c>0x</c>, an infinity or a NaN.</summary>
    public static bool TryParseDouble(string text, out double value)
    {
        value = 0;
        if (Word().Match(text) is { Success: true } word)
            value = word.Groups["infinity"].Success ? double.PositiveInfinity : double.NaN;
        else if (Decimal().Match(text) is { Success: true } number)
            return TryParseDecimal(number, out value);
        else if (Hexadecimal().Match(text) is not { Success: true } hex || !TryParseHexadecimal(hex, out value))
            return false;

        value = text.TrimStart().StartsWith('-') ? -value : value;
        return true;
    }

    private static bool TryParseDecimal(Match match, out double value)
    {
        value = double.Parse(match.Groups["number"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
        var isZero = match.Groups["mantissa"].ValueSpan.IndexOfAnyInRange('1', '9') < 0;

        // Hundreds of digits would be needed for a subnormal number that isn't rounded.
        return isZero || (double.IsNormal(value) && double.IsFinite(value));
    }

    /// <summary>Reads a hexadecimal number without its sign.</summary>
    private static bool TryParseHexadecimal(Match match, out double value)
    {
        value = 0;
        var (whole, fraction) = (match.Groups["whole"].Value, match.Groups["fraction"].Value);
        if (whole.Length + fraction.Length == 0)
            return false;

        var mantissa = BigInteger.Parse($"0{whole}{fraction}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (mantissa.IsZero)
            return true;

        if (!int.TryParse(match.Groups["exponent"].Value is { Length: > 0 } written ? written : "0", CultureInfo.InvariantCulture, out var exponent))
            return false;

        // mantissa * 2^power
        var power = (long)exponent - (4L * fraction.Length);
        var surplus = (int)Math.Max(0, mantissa.GetBitLength() - MantissaBits);
        var isCut = surplus > 0 && !(mantissa & ((BigInteger.One << surplus) - 1)).IsZero;
        mantissa = (mantissa >> surplus) | (isCut ? BigInteger.One : BigInteger.Zero);
        power += surplus;
        var size = mantissa.GetBitLength() + power;
        if (size is > 1024 or < SmallestExponent)
            return false;

        // Every power of two has finitely many decimals, and what reads those rounds rightly.
        var decimals = power >= 0
            ? (mantissa << (int)power).ToString(CultureInfo.InvariantCulture)
            : $"{mantissa * BigInteger.Pow(5, (int)-power)}e{power}";
        value = double.Parse(decimals, NumberStyles.Float, CultureInfo.InvariantCulture);
        var lowestBit = power + (long)BigInteger.TrailingZeroCount(mantissa);
        return double.IsFinite(value) && (double.IsNormal(value) || (!isCut && lowestBit >= SmallestExponent));
    }

    [GeneratedRegex(
        @"\A[ \t\n\v\f\r]*(?<sign>[+-]?)(0[xX](?<hex>[0-9a-fA-F]+)|(?<octal>0[0-7]*)|(?<decimal>[1-9][0-9]*))\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Integer();

    [GeneratedRegex(
        @"\A[ \t\n\v\f\r]*(?<number>[+-]?(?<mantissa>[0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Decimal();

    [GeneratedRegex(
        @"\A[ \t\n\v\f\r]*[+-]?0[xX](?<whole>[0-9a-fA-F]*)(\.(?<fraction>[0-9a-fA-F]*))?([pP](?<exponent>[+-]?[0-9]+))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(
        @"\A[ \t\n\v\f\r]*[+-]?((?<infinity>[iI][nN][fF]([iI][nN][iI][tT][yY])?)|[nN][aA][nN](\([0-9a-zA-Z_]*\))?)\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Word();
}

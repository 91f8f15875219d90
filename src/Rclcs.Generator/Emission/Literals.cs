using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using rclcs.Generator.Parsing;

namespace rclcs.Generator.Emission;

/// <summary>Writes values as C# literals.</summary>
internal static class Literals
{
    public static string Of(Value value) => value.Content switch
    {
        bool boolean => boolean ? "true" : "false",
        string text => Of(text),
        double number when value.Type == BaseType.Float32 => OfSingle((float)number),
        double number => OfDouble(number),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A value of type {value.Content.GetType()} has no literal.", nameof(value)),
    };

    public static string Of(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string OfSingle(float number) => number switch
    {
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        _ => number.ToString("R", CultureInfo.InvariantCulture) + "F",
    };

    private static string OfDouble(double number) => number switch
    {
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ => number.ToString("R", CultureInfo.InvariantCulture) + "D",
    };
}

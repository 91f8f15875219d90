using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace rclcs;

/// <summary>Values of parameters from YAML, with the types that rcl_yaml_param_parser gives them.</summary>
internal static class ParameterYaml
{
    private static readonly string[] TrueWords = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];

    private static readonly string[] FalseWords =
        ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];

    /// <summary>Reads YAML.</summary>
    /// <exception cref="RosArgumentsException">It is not YAML.</exception>
    public static YamlStream Load(TextReader text, string source)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(text);
            return stream;
        }
        catch (YamlException exception)
        {
            throw new RosArgumentsException(
                $"{source}, line {exception.Start.Line}, is not YAML: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a scalar or a sequence of scalars of one type.</summary>
    /// <param name="node">What to read.</param>
    /// <param name="source">Where it is written, for the exception.</param>
    /// <exception cref="RosArgumentsException">No parameter can have such a value.</exception>
    public static ParameterValue ParseValue(YamlNode node, string source) => node switch
    {
        YamlScalarNode scalar => ParseScalar(scalar, source),
        YamlSequenceNode sequence => ParseSequence(sequence, source),
        _ => throw new RosArgumentsException($"In {source} there is no value but a group of them."),
    };

    private static ParameterValue ParseSequence(YamlSequenceNode sequence, string source)
    {
        var values = new List<ParameterValue>();
        foreach (var item in sequence.Children)
        {
            if (item is not YamlScalarNode scalar)
                throw new RosArgumentsException($"In {source} an array holds something else than single values.");

            values.Add(ParseScalar(scalar, source));
        }

        // Which type an empty array has, YAML doesn't tell; rcl takes it for one of strings.
        if (values.Count == 0)
            return ParameterValue.From(Array.Empty<string>());

        var type = values[0].Type;
        if (values.Find(value => value.Type != type) is { } other)
        {
            throw new RosArgumentsException(
                $"In {source} an array mixes {ParameterValue.NameOf(type)} ({values[0]}) and "
                + $"{ParameterValue.NameOf(other.Type)} ({other}): all its values must be of one type.");
        }

        return type switch
        {
            ParameterType.Bool => ParameterValue.From(values.Select(value => value.As<bool>()).ToArray()),
            ParameterType.Integer => ParameterValue.From(values.Select(value => value.As<long>()).ToArray()),
            ParameterType.Double => ParameterValue.From(values.Select(value => value.As<double>()).ToArray()),
            _ => ParameterValue.From(values.Select(value => value.As<string>()).ToArray()),
        };
    }

    private static ParameterValue ParseScalar(YamlScalarNode scalar, string source)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain || (!scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str"))
            return ParameterValue.From(text);

        if (text.Length == 0 || text is "~" or "null")
            throw new RosArgumentsException($"In {source} there is no value: write '' for an empty string.");

        if (TrueWords.Contains(text))
            return ParameterValue.From(true);

        if (FalseWords.Contains(text))
            return ParameterValue.From(false);

        if (TryParseInteger(text, out var integer))
            return ParameterValue.From(integer);

        return TryParseDouble(text, out var number) ? ParameterValue.From(number) : ParameterValue.From(text);
    }

    private static bool TryParseInteger(string text, out long value)
    {
        var digits = text.AsSpan().TrimStart("+-");
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && text.Length - digits.Length <= 1)
        {
            var parsed = long.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
            value = text[0] == '-' ? -value : value;
            return parsed;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseDouble(string text, out double value)
    {
        switch (text)
        {
            case ".nan" or ".NaN" or ".NAN":
                value = double.NaN;
                return true;
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                value = double.PositiveInfinity;
                return true;
            case "-.inf" or "-.Inf" or "-.INF":
                value = double.NegativeInfinity;
                return true;
        }

        // "Infinity" and its like are words in YAML.
        value = 0;
        return (char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.')
            && text.Any(char.IsAsciiDigit)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}

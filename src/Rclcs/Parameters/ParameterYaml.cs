using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace rclcs;

/// <summary>
/// YAML, event by event, with the meaning that rcl_yaml_param_parser gives it: which texts libyaml reads, and which value
/// of which type a scalar or a sequence is.
/// </summary>
internal sealed partial class ParameterYaml
{
    // How often a text is read again for the sake of lines that YamlDotNet wants further to the right.
    private const int MaxAttempts = 1000;

    private const int MaxIndentation = 1000;

    private static readonly string[] TrueWords = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];

    private static readonly string[] FalseWords =
        ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];

    private static readonly string[] NotNumbers = [".nan", ".NaN", ".NAN"];

    private static readonly string[] Infinities =
        [".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"];

    private readonly string _source;
    private readonly bool _hasLines;
    private readonly Queue<ParsingEvent> _events;
    private string[] _lines = [];
    private long _line = 1;

    private ParameterYaml(string text, string source, bool hasLines)
    {
        (_source, _hasLines) = (source, hasLines);
        CheckCharacters(text);
        if (UnknownDirective().Match(text) is { Success: true } directive)
            throw new RosArgumentsException($"{PlaceOf(directive.Value.Count(c => c == '\n') + 1)}, is no YAML directive: there are %YAML and %TAG.");

        _events = Parse(text.StartsWith('\uFEFF') ? text[1..] : text);
    }

    /// <summary>Whether all has been read.</summary>
    public bool IsAtEnd => _events.Count == 0;

    /// <summary>What comes next.</summary>
    public ParsingEvent Next => _events.Peek();

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="RosArgumentsException">It is not YAML.</exception>
    public static ParameterYaml OfFile(string text, string path) => new(text, path, hasLines: true);

    /// <summary>Reads the value in an argument.</summary>
    /// <param name="text">The value.</param>
    /// <param name="argument">What sentences call the argument.</param>
    /// <exception cref="RosArgumentsException">It is not YAML.</exception>
    public static ParameterYaml OfArgument(string text, string argument) => new(text, argument, hasLines: false);

    /// <summary>Goes on to the next event.</summary>
    public ParsingEvent Take()
    {
        var next = _events.Dequeue();
        _line = LineOf(next);
        return next;
    }

    /// <summary>Where something stands that has just been taken or comes next, for sentences.</summary>
    public string PlaceOf(ParsingEvent what) => PlaceOf(LineOf(what));

    /// <summary>Whether a tab stands in front of something on its line, which libyaml refuses before keys.</summary>
    public bool IsBehindTab(ParsingEvent what) => _lines[what.Start.Line - 1].AsSpan(0, (int)what.Start.Column - 1).Contains('\t');

    /// <summary>Takes a text that is not empty.</summary>
    /// <param name="whatFor">What it is, for the exception.</param>
    /// <exception cref="RosArgumentsException">Something else comes.</exception>
    public string TakeName(string whatFor)
    {
        var next = Take();
        if (next is not Scalar { Value: { Length: > 0 } name } scalar)
            throw new RosArgumentsException($"{PlaceOf(next)}: {whatFor} is not a text.");

        CheckScalar(scalar);
        if (scalar.Start.Line != scalar.End.Line)
            throw new RosArgumentsException($"{PlaceOf(scalar)}: {whatFor} goes over more than one line.");

        return name;
    }

    /// <summary>Takes a scalar or a sequence of scalars of one type.</summary>
    /// <exception cref="RosArgumentsException">No parameter can have such a value.</exception>
    public ParameterValue TakeValue() => Take() switch
    {
        Scalar scalar => ReadScalar(scalar),
        SequenceStart => TakeElements(),
        var other => throw NoValue(other),
    };

    private static ParameterValue ArrayOf(List<ParameterValue> values) => values.Count == 0
        ? ParameterValue.From(Array.Empty<string>()) // Of which type it is, YAML doesn't tell; the declaration does.
        : values[0].Type switch
        {
            ParameterType.Bool => ParameterValue.From(values.Select(value => value.As<bool>()).ToArray()),
            ParameterType.Integer => ParameterValue.From(values.Select(value => value.As<long>()).ToArray()),
            ParameterType.Double => ParameterValue.From(values.Select(value => value.As<double>()).ToArray()),
            _ => ParameterValue.From(values.Select(value => value.As<string>()).ToArray()),
        };

    /// <summary>Moves a line to the right, more each time; null once that can't be what it lacks.</summary>
    private static string? Indent(string text, int line)
    {
        var start = 0;
        for (var i = 1; i < line; i++)
        {
            start = text.AsSpan(start).IndexOfAny("\n\r\u0085\u2028\u2029") + start + 1;
            if (text[start - 1] == '\r' && start < text.Length && text[start] == '\n')
                start++;
        }

        var blanks = text.AsSpan(start).IndexOfAnyExcept(' ');
        return blanks > MaxIndentation ? null : text.Insert(start, new string(' ', Math.Max(8, blanks)));
    }

    /// <summary>
    /// libyaml doesn't ask where lines within brackets or double quotes begin; YamlDotNet wants them to the right of
    /// their key, and for some of them throws what is no YamlException.
    /// </summary>
    private static bool IsAboutIndentation(Exception exception) => exception is InvalidOperationException
        || (exception is SyntaxErrorException
            && exception.Message.Contains("double-quoted scalar, found wrong indentation", StringComparison.Ordinal));

    private Queue<ParsingEvent> Parse(string text)
    {
        for (var attempt = 0; ; attempt++)
        {
            var scanner = new Scanner(new StringReader(text));
            try
            {
                var parser = new Parser(scanner);
                var events = new Queue<ParsingEvent>();
                while (parser.MoveNext())
                {
                    if (parser.Current is DocumentStart { Version.Version: { Major: not 1 } or { Minor: not (1 or 2) } } start)
                        throw new RosArgumentsException($"{PlaceOf(start)}, is YAML of another version than 1.1 and 1.2.");

                    if (parser.Current is not (null or StreamStart or StreamEnd or DocumentStart or DocumentEnd))
                        events.Enqueue(parser.Current);
                }

                _lines = text.Split(["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"], StringSplitOptions.None);
                return events;
            }
            catch (Exception exception) when (exception is not (OutOfMemoryException or RosArgumentsException))
            {
                var line = exception is YamlException { End: var end } && !end.Equals(Mark.Empty)
                    ? end.Line
                    : scanner.CurrentPosition.Line;

                // Within brackets and quotes it means nothing how much blank space a line begins with.
                text = (IsAboutIndentation(exception) && attempt < MaxAttempts ? Indent(text, (int)line) : null)
                    ?? throw new RosArgumentsException($"{PlaceOf(line)}, is not YAML: {exception.Message}", exception);
            }
        }
    }

    private void CheckCharacters(string text)
    {
        var line = 1;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character is '\n' || (character is '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                line++;

            if (character is (< ' ' and not ('\t' or '\n' or '\r')) or (>= '\x7F' and < '\xA0' and not '\x85') or >= '\uFFFE')
            {
                throw new RosArgumentsException(
                    $"{PlaceOf(line)}, holds the character U+{(int)character:X4}, which YAML doesn't allow: "
                    + $"write it as \"\\u{(int)character:X4}\", or take it out.");
            }
        }
    }

    private ParameterValue TakeElements()
    {
        var values = new List<ParameterValue>();
        while (Take() is var item and not SequenceEnd)
        {
            if (item is not Scalar scalar)
            {
                throw new RosArgumentsException(
                    $"In {PlaceOf(item)} an array holds something else than single values: ROS has no arrays of arrays or groups.");
            }

            var value = ReadScalar(scalar);
            if (values.Count > 0 && values[0].Type != value.Type)
            {
                throw new RosArgumentsException(
                    $"In {PlaceOf(item)} an array mixes {ParameterValue.NameOf(values[0].Type)} ({values[0]}) and "
                    + $"{ParameterValue.NameOf(value.Type)} ({value}): all its values must be of one type.");
            }

            values.Add(value);
        }

        return ArrayOf(values);
    }

    private ParameterValue ReadScalar(Scalar scalar)
    {
        var text = scalar.Value;
        CheckScalar(scalar);
        if (scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted)
            return ParameterValue.From(text);

        if (text.Length == 0)
            throw new RosArgumentsException($"In {PlaceOf(scalar)} there is no value: write '' for an empty string.");

        if (scalar.Tag is { IsEmpty: false, Value: "tag:yaml.org,2002:str" })
            return ParameterValue.From(text);

        if (TrueWords.Contains(text))
            return ParameterValue.From(true);

        if (FalseWords.Contains(text))
            return ParameterValue.From(false);

        if (CNumbers.TryParseInteger(text, out var integer))
            return ParameterValue.From(integer);

        if (NotNumbers.Contains(text))
            return ParameterValue.From(double.NaN);

        if (Infinities.Contains(text))
            return ParameterValue.From(text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity);

        return CNumbers.TryParseDouble(text, out var number) ? ParameterValue.From(number) : ParameterValue.From(text);
    }

    private void CheckScalar(Scalar scalar)
    {
        if (scalar.Value.Contains('\0', StringComparison.Ordinal))
            throw new RosArgumentsException($"In {PlaceOf(scalar)} a text holds a NUL, at which texts end in ROS: take it out.");

        if (scalar is { Style: ScalarStyle.Plain, Value: ['%' or '|' or '>' or '@' or '`' or '\uFEFF', ..] })
            throw new RosArgumentsException($"In {PlaceOf(scalar)} a text begins with U+{(int)scalar.Value[0]:X4}: quote it.");
    }

    private RosArgumentsException NoValue(ParsingEvent what) => new(what is AnchorAlias alias
        ? $"In {PlaceOf(what)} stands the alias *{alias.Value}, which ROS doesn't resolve: write the value itself, or quote it."
        : $"In {PlaceOf(what)} there is no value but a group of them.");

    // YamlDotNet doesn't know where some events are.
    private long LineOf(ParsingEvent what) => what.Start.Equals(Mark.Empty) ? _line : what.Start.Line;

    private string PlaceOf(long line) => _hasLines ? $"{_source}, line {line}" : _source;

    [GeneratedRegex(@"\A( *(#[^\r\n]*)?[\r\n])*%(?!(YAML|TAG)[ \t])", RegexOptions.ExplicitCapture)]
    private static partial Regex UnknownDirective();
}

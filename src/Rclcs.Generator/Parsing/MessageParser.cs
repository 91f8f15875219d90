using Microsoft.CodeAnalysis;

namespace rclcs.Generator.Parsing;

/// <summary>
/// Reads the fields and constants of one message. Lines with an error are reported and left out, so that one error
/// does not bring forth others.
/// </summary>
internal sealed class MessageParser
{
    private readonly InterfaceFile _file;
    private readonly IReadOnlyList<Token> _lines;
    private readonly List<Field> _fields = [];
    private readonly List<Constant> _constants = [];
    private readonly List<Problem> _problems = [];

    private MessageParser(InterfaceFile file, IReadOnlyList<Token> lines)
    {
        _file = file;
        _lines = lines;
    }

    /// <summary>Reads a .msg file.</summary>
    public static MessageDefinition Parse(InterfaceFile file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var message = Parse(file, InterfaceFile.MessageFolder, file.Name, file.Lines());
        return message with { Problems = new(file.NameProblems("message").Concat(message.Problems)) };
    }

    /// <summary>Reads a message out of some consecutive lines of a file.</summary>
    public static MessageDefinition Parse(
        InterfaceFile file, string folder, string name, IReadOnlyList<Token> lines) =>
        new MessageParser(file, lines).Parse(folder, name);

    private MessageDefinition Parse(string folder, string name)
    {
        var comment = ReadComment(0, out var next);
        ReadElements(next);
        return new MessageDefinition(
            _file.Package,
            folder,
            name,
            _file.Path,
            Text(),
            comment,
            new(_fields),
            new(_constants),
            new(_problems));
    }

    private string Text()
    {
        if (_lines.Count == 0)
            return "";

        var start = _lines[0].Span.Start;
        return _file.Text.Substring(start, _lines[_lines.Count - 1].Span.End - start);
    }

    /// <summary>The comment at the top of the file is about the message, others are about what follows them.</summary>
    private string ReadComment(int start, out int next)
    {
        var comment = new List<string>();
        for (next = start; next < _lines.Count && _lines[next].Text.StartsWith("#", StringComparison.Ordinal); next++)
            comment.Add(_lines[next].Text);

        return Comment.Join(comment);
    }

    private void ReadElements(int start)
    {
        var comment = new List<string>();
        for (var i = start; i < _lines.Count; i++)
        {
            var line = _lines[i];
            var hash = line.Text.IndexOf('#');
            var code = (hash < 0 ? line : line.Slice(0, hash)).TrimEnd();
            if (hash >= 0)
                comment.Add(line.Text.Substring(hash));

            if (!code.IsEmpty)
            {
                // Indented lines of comment go on with what the line before began.
                while (i + 1 < _lines.Count && IsIndentedComment(_lines[i + 1].Text))
                    comment.Add(_lines[++i].Text.TrimStart());

                ReadElement(code, Comment.Join(comment));
                comment.Clear();
            }
            else if (hash < 0)
            {
                comment.Clear();
            }
        }
    }

    private static bool IsIndentedComment(string line) =>
        line.StartsWith(" ", StringComparison.Ordinal) && line.TrimStart().StartsWith("#", StringComparison.Ordinal);

    private void ReadElement(Token code, string comment)
    {
        var (type, rest) = code.Partition(' ');
        if (type.IsEmpty)
            Report(Rules.BadLine, code.Span, code.Text, ": it begins with a blank, which ROS doesn't allow");
        else if (type.Text[0] == '@')
            Report(Rules.BadLine, code.Span, code.Text, ": annotations like @optional, which the newest rosidl knows, are not supported; take it out");
        else if (rest.IsEmpty)
            Report(Rules.BadLine, code.Span, code.Text, "");
        else if (rest.Text.Contains('='))
            ReadConstant(type, rest, comment);
        else
            ReadField(type, rest, comment);
    }

    private void ReadConstant(Token type, Token rest, string comment)
    {
        var (name, valueText) = rest.Partition('=');
        if (!Names.IsConstant(name.Text))
        {
            Report(Rules.BadName, name.Span, name.Text, "constant", Names.ConstantRule);
        }
        else if (!TypeParser.TryParsePrimitive(type.Text, out var baseType))
        {
            Report(Rules.BadConstantType, type.Span, name.Text, type.Text);
        }
        else if (_constants.Any(constant => constant.Name == name.Text))
        {
            Report(Rules.DuplicateName, name.Span, name.Text, "constant");
        }
        else
        {
            try
            {
                _constants.Add(new Constant(name.Text, baseType, ValueParser.Parse(valueText.Text, baseType), comment));
            }
            catch (FormatException exception)
            {
                Report(Rules.BadValue, valueText.Span, valueText.Text, type.Text, exception.Message);
            }
        }
    }

    private void ReadField(Token type, Token rest, string comment)
    {
        var (name, defaultText) = rest.Partition(' ');
        if (!Names.IsField(name.Text))
        {
            Report(Rules.BadName, name.Span, name.Text, "field", Names.LowerCaseRule);
            return;
        }

        if (_fields.Any(field => field.Name == name.Text))
        {
            Report(Rules.DuplicateName, name.Span, name.Text, "field");
            return;
        }

        if (ReadType(type) is not { } fieldType)
            return;

        EquatableArray<Value>? defaultValue = null;
        if (!defaultText.IsEmpty)
        {
            try
            {
                defaultValue = ValueParser.ParseDefault(defaultText.Text, fieldType);
            }
            catch (FormatException exception)
            {
                Report(Rules.BadValue, defaultText.Span, defaultText.Text, type.Text, exception.Message);
            }
        }

        var declaration = $"{type.Text} {name.Text}";
        _fields.Add(new Field(name.Text, fieldType, defaultValue, comment, declaration, type.Span));
    }

    private FieldType? ReadType(Token type)
    {
        try
        {
            return TypeParser.Parse(type.Text, _file.Package);
        }
        catch (FormatException exception)
        {
            Report(Rules.BadType, type.Span, type.Text, exception.Message);
            return null;
        }
    }

    private void Report(DiagnosticDescriptor rule, SourceSpan span, params string[] arguments) =>
        _problems.Add(new Problem(rule, _file.Path, span, new(arguments)));
}

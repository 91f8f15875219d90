using System.Text;

namespace rclcs.Generator.Emission;

/// <summary>Lines of C#, indented.</summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;

    private readonly StringBuilder _text = new();
    private int _indent;

    public void Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', _indent * IndentSize).Append(line);

        _text.Append('\n');
    }

    public void Open()
    {
        Line("{");
        _indent++;
    }

    public void Close()
    {
        _indent--;
        Line("}");
    }

    /// <summary>A text as a raw string literal, which shows it as it is: the end of a statement.</summary>
    public void RawString(string beginning, string text)
    {
        var quotes = "\"\"\"";
        while (text.Contains(quotes))
            quotes += "\"";

        Line(beginning + quotes);
        _indent++;
        foreach (var line in text.Split('\n'))
            Line(line);

        Line(quotes + ";");
        _indent--;
    }

    /// <summary>A summary for the documentation: a text, or some code where there is no text.</summary>
    public void Summary(string text, string otherwise)
    {
        if (text.Length == 0)
            Line($"/// <summary><c>{Escape(otherwise)}</c></summary>");
        else
            Summary(text);
    }

    public void Summary(string text)
    {
        var lines = Escape(text).Split('\n');
        if (lines.Length == 1)
        {
            Line($"/// <summary>{lines[0]}</summary>");
            return;
        }

        Line("/// <summary>");
        foreach (var line in lines)
            Line($"/// {line}".TrimEnd());

        Line("/// </summary>");
    }

    public override string ToString() => _text.ToString();

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}

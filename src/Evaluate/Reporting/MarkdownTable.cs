using System.Text;

namespace FaceAttributes.Evaluation.Reporting;

/// <summary>A table in Markdown.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder _text = new();

    /// <summary>Starts with the heads of the columns.</summary>
    public MarkdownTable(params ReadOnlySpan<string> heads)
    {
        Row(heads);
        foreach (var _ in heads)
            _text.Append("| --- ");
        _text.Append("|\n");
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">As many as there are columns.</param>
    public void Row(params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
            _text.Append("| ").Append(cell).Append(' ');
        _text.Append("|\n");
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}

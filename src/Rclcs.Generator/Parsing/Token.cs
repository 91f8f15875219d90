namespace rclcs.Generator.Parsing;

/// <summary>A piece of text and where it stands.</summary>
internal readonly record struct Token(string Text, SourceSpan Span)
{
    public bool IsEmpty => Text.Length == 0;

    public Token Slice(int start, int end) => new(Text.Substring(start, end - start), Span.Slice(start, end - start));

    public Token TrimEnd() => Slice(0, Text.TrimEnd().Length);

    public Token Trim()
    {
        var start = Text.Length - Text.TrimStart().Length;
        return Slice(start, Math.Max(start, Text.TrimEnd().Length));
    }

    /// <summary>
    /// What stands before and after the first <paramref name="separator"/>, without blanks around that; all and nothing
    /// without one.
    /// </summary>
    public (Token Before, Token After) Partition(char separator)
    {
        var index = Text.IndexOf(separator);
        return index < 0
            ? (this, Slice(Text.Length, Text.Length))
            : (separator == ' ' ? Slice(0, index) : Slice(0, index).TrimEnd(), Slice(index + 1, Text.Length).Trim());
    }
}

namespace rclcs.Generator.Parsing;

/// <summary>Turns lines of comment into text.</summary>
internal static class Comment
{
    /// <summary>Takes away the number signs, the indentation that all lines share, and empty lines at both ends.</summary>
    public static string Join(IEnumerable<string> lines)
    {
        var texts = lines.Select(line => line.TrimStart('#').TrimEnd()).ToList();
        var written = texts.Where(text => text.Length > 0).ToList();
        var indentation = written.Count == 0 ? 0 : written.Min(text => text.Length - text.TrimStart().Length);
        return string.Join("\n", texts.Select(text => text.Length == 0 ? "" : text.Substring(indentation))).Trim('\n');
    }
}

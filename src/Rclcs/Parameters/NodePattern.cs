namespace rclcs;

/// <summary>
/// For which nodes a part of a parameter file is: complete names in which <c>*</c> stands for one part and <c>**</c>
/// for any number of them.
/// </summary>
internal sealed record NodePattern
{
    private readonly string[] _parts;

    /// <summary>Reads a pattern; one without leading slash gets it.</summary>
    public NodePattern(string text)
    {
        _parts = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Text = "/" + string.Join('/', _parts);
    }

    /// <summary><c>/**</c>: for every node.</summary>
    public static NodePattern All { get; } = new("/**");

    /// <summary>The pattern.</summary>
    public string Text { get; }

    /// <summary>Whether a node is meant.</summary>
    public bool Matches(NodeNameAndNamespace node) =>
        Matches(_parts, node.FullyQualifiedName.Split('/', StringSplitOptions.RemoveEmptyEntries));

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> parts)
    {
        if (pattern.IsEmpty)
            return parts.IsEmpty;

        if (pattern[0] == "**")
            return Matches(pattern[1..], parts) || (!parts.IsEmpty && Matches(pattern, parts[1..]));

        return !parts.IsEmpty && (pattern[0] == "*" || pattern[0] == parts[0]) && Matches(pattern[1..], parts[1..]);
    }
}

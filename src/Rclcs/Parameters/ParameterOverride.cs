namespace rclcs;

/// <summary>A value for a parameter from the command line or a file.</summary>
/// <param name="Node">For which nodes.</param>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Value">Its value.</param>
/// <param name="Source">Where it is written, for sentences.</param>
internal sealed record ParameterOverride(NodePattern Node, string Name, ParameterValue Value, string Source)
{
    private const string Separator = ":=";

    // Whether a node of this process declared it, or said that it doesn't.
    private bool _isSettled;

    /// <summary>Whether it is from the command line itself, and not from a file that other nodes may share.</summary>
    public bool IsArgument { get; private init; }

    /// <summary>The file that it is from, which all of that file's values share; null for one of the command line.</summary>
    public GivenFile? File { get; init; }

    /// <summary>Reads <c>[node:]name:=value</c>, the value as in YAML.</summary>
    /// <exception cref="RosArgumentsException">It is something else.</exception>
    public static ParameterOverride Parse(string text)
    {
        var at = text.IndexOf(Separator, StringComparison.Ordinal);
        if (at < 0)
            throw new RosArgumentsException($"The parameter '{text}' has no ':=': write it as name:=value.");

        var name = text[..at];
        var pattern = NodePattern.All;
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            pattern = new NodePattern(name[..colon]);
            name = name[(colon + 1)..];
        }

        if (name.Length == 0)
            throw new RosArgumentsException($"The parameter '{text}' has no name: write it as name:=value.");

        var source = $"the argument '{text}'";
        var yaml = ParameterYaml.OfArgument(text[(at + Separator.Length)..], source);
        if (yaml.IsAtEnd)
            throw new RosArgumentsException($"In {source} there is no value: write it as name:=value, and '' for an empty string.");

        var value = yaml.TakeValue();
        return yaml.IsAtEnd
            ? new ParameterOverride(pattern, name, value, source) { IsArgument = true }
            : throw new RosArgumentsException($"In {source} there is more than one value.");
    }

    /// <summary>Notes that a node of this process declared the parameter.</summary>
    public void Use() => Volatile.Write(ref _isSettled, true);

    /// <summary>Whether no node of this process declared the parameter, and none said so yet; another call returns false.</summary>
    public bool TryReport() => !Interlocked.Exchange(ref _isSettled, true);

    /// <summary>A parameter file.</summary>
    /// <param name="path">Its path, for sentences.</param>
    internal sealed class GivenFile(string path)
    {
        private bool _isSettled;

        /// <summary>Its path.</summary>
        public string Path => path;

        /// <summary>Notes that it has something for a node of this process.</summary>
        public void Use() => Volatile.Write(ref _isSettled, true);

        /// <summary>Whether it has nothing for any node of this process, and none said so yet; another call returns false.</summary>
        public bool TryReport() => !Interlocked.Exchange(ref _isSettled, true);
    }
}

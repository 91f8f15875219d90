namespace rclcs;

/// <summary>A remap rule of the command line.</summary>
/// <param name="Node">Name of the only node that it is for, or null.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="From">The name in the program.</param>
/// <param name="To">The name to use instead.</param>
internal sealed record RemapRule(string? Node, RemapKind Kind, string From, string To)
{
    private const string Separator = ":=";
    private const string TopicScheme = "rostopic://";
    private const string ServiceScheme = "rosservice://";

    /// <summary>Reads <c>[node:]from:=to</c>.</summary>
    /// <exception cref="RosArgumentsException">It is no remap rule.</exception>
    public static RemapRule Parse(string text)
    {
        var at = text.IndexOf(Separator, StringComparison.Ordinal);
        if (at < 0)
            throw new RosArgumentsException($"The remap rule '{text}' has no ':=': write it as from:=to.");

        var from = text[..at];
        var to = text[(at + Separator.Length)..];
        try
        {
            return Create(from, to);
        }
        catch (InvalidNameException exception)
        {
            throw new RosArgumentsException($"The remap rule '{text}' is wrong: {exception.Message}", exception);
        }
    }

    private static RemapRule Create(string from, string to)
    {
        var node = TakeNode(ref from);
        switch (from)
        {
            case "__node" or "__name":
                NameRules.CheckNodeName(to);
                return new RemapRule(node, RemapKind.NodeName, from, to);
            case "__ns":
                NameRules.CheckNamespace(to);
                return new RemapRule(node, RemapKind.Namespace, from, to);
            case ['_', '_', ..]:
                throw new RosArgumentsException($"'{from}' cannot be remapped: there are __node, __name and __ns.");
        }

        var kind = TakeScheme(ref from);
        NameRules.CheckTopic(from);
        NameRules.CheckTopic(to);
        return new RemapRule(node, kind, from, to);
    }

    private static string? TakeNode(ref string from)
    {
        var colon = from.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || from.AsSpan(colon).StartsWith("://", StringComparison.Ordinal))
            return null;

        var node = from[..colon];
        NameRules.CheckNodeName(node);
        from = from[(colon + 1)..];
        return node;
    }

    private static RemapKind TakeScheme(ref string name)
    {
        foreach (var (scheme, kind) in new[] { (TopicScheme, RemapKind.Topic), (ServiceScheme, RemapKind.Service) })
        {
            if (name.StartsWith(scheme, StringComparison.Ordinal))
            {
                name = name[scheme.Length..];
                return kind;
            }
        }

        return RemapKind.TopicOrService;
    }
}

/// <summary>What a remap rule is about.</summary>
internal enum RemapKind
{
    /// <summary><c>from:=to</c>: topics and services.</summary>
    TopicOrService,

    /// <summary><c>rostopic://from:=to</c>.</summary>
    Topic,

    /// <summary><c>rosservice://from:=to</c>.</summary>
    Service,

    /// <summary><c>__node:=name</c>.</summary>
    NodeName,

    /// <summary><c>__ns:=/namespace</c>.</summary>
    Namespace,
}

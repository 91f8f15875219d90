namespace rclcs;

/// <summary>A node of the graph.</summary>
/// <param name="Name">Name without namespace.</param>
/// <param name="Namespace">Namespace with a leading slash.</param>
public readonly record struct NodeNameAndNamespace(string Name, string Namespace)
{
    /// <summary>Namespace and name, for example <c>/ns/talker</c>.</summary>
    public string FullyQualifiedName => Namespace == "/" ? $"/{Name}" : $"{Namespace}/{Name}";

    /// <summary>The same as <see cref="FullyQualifiedName"/>.</summary>
    public override string ToString() => FullyQualifiedName;
}

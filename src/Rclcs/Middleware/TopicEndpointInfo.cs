namespace rclcs;

/// <summary>A publisher or subscription somewhere in the graph.</summary>
/// <param name="Node">Its node; name and namespace are empty where a peer has not said which.</param>
/// <param name="TopicName">Complete name of the topic.</param>
/// <param name="TypeName">Type, for example <c>std_msgs/msg/String</c>.</param>
/// <param name="TypeHash"><c>RIHS01_…</c>, or empty where the peer does not announce it (as on Humble).</param>
/// <param name="IsPublisher">A publisher, or else a subscription.</param>
/// <param name="Gid">Identity in the domain.</param>
/// <param name="Qos">What it offers or asks for.</param>
public sealed record TopicEndpointInfo(
    NodeNameAndNamespace Node,
    string TopicName,
    string TypeName,
    string TypeHash,
    bool IsPublisher,
    Gid Gid,
    QosProfile Qos);

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

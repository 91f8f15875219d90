namespace rclcs;

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

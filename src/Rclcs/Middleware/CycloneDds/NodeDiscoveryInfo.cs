namespace rclcs.Middleware.CycloneDds;

/// <summary>A node in <see cref="DiscoveryInfo"/> (rmw_dds_common/msg/NodeEntitiesInfo).</summary>
internal sealed record NodeDiscoveryInfo(
    NodeNameAndNamespace Node, IReadOnlyList<Gid> Readers, IReadOnlyList<Gid> Writers);

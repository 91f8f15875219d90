namespace rclcs.Middleware;

/// <summary>How to join the domain.</summary>
/// <param name="DomainId">The ROS domain, 0 to 232.</param>
/// <param name="DiscoveryRange">How far to look for others.</param>
/// <param name="StaticPeers">Hosts to look for in addition.</param>
/// <param name="GidSize">Bytes of a gid in <c>ros_discovery_info</c>: 24 on Humble, 16 since Iron.</param>
/// <param name="HasServices">Whether nodes can have services; for the embedded middleware.</param>
/// <param name="Enclave">Name of the security enclave, <c>/</c> if none was given.</param>
/// <param name="Security">How communication is secured, or null if it is not.</param>
internal sealed record MiddlewareOptions(
    int DomainId,
    DiscoveryRange DiscoveryRange,
    IReadOnlyList<string> StaticPeers,
    int GidSize,
    bool HasServices = true,
    string Enclave = "/",
    SecurityOptions? Security = null);

namespace rclcs.Middleware;

/// <summary>
/// The seam between the client library and what carries its messages. Messages cross it as CDR bytes with their
/// header of four; names are complete ROS names (<c>/ns/chatter</c>) and ROS types (<c>std_msgs/msg/String</c>).
/// </summary>
/// <remarks>
/// Below it: librcl where a ROS 2 is sourced, else the embedded Cyclone DDS. On librcl, allocate and write are
/// <c>rcl_publish_serialized_message</c> on a buffer that is used again (or <c>rcl_publish</c>, which lends the bytes of images), take and release
/// <c>rcl_take_serialized_message</c>, <see cref="IWaitSet"/> is <c>rcl_wait</c>, <see cref="IGuardCondition"/>
/// <c>rcl_guard_condition_t</c>, <see cref="IGraph"/> rcl's graph functions. Never both in one process, which would
/// have two libraries of one name.
/// </remarks>
internal interface IMiddleware
{
    /// <summary>For log lines and <c>RCLCS_MIDDLEWARE</c>, for example <c>cyclonedds</c>.</summary>
    string Name { get; }

    /// <summary>The version found on this machine.</summary>
    string Version { get; }

    /// <summary>Joins a domain.</summary>
    /// <exception cref="RuntimeError">The domain cannot be joined, with the reason.</exception>
    IMiddlewareContext CreateContext(MiddlewareOptions options);
}

/// <summary>A place in a domain, in which nodes live. Dispose after everything that was created from it.</summary>
/// <remarks>All members may be called from any thread.</remarks>
internal interface IMiddlewareContext : IDisposable
{
    /// <summary>What is known about the other nodes and topics of the domain.</summary>
    IGraph Graph { get; }

    /// <summary>What is not as the user asked for, in one sentence for the log; null if all is.</summary>
    string? Warning => null;

    /// <summary>Whether there are services. Without them, creating a service or client fails.</summary>
    bool HasServices => true;

    /// <summary>Makes a node known to the domain.</summary>
    /// <param name="name">Name without namespace.</param>
    /// <param name="nodeNamespace">Namespace with a leading slash.</param>
    IMiddlewareNode CreateNode(string name, string nodeNamespace);

    /// <summary>Creates a guard condition.</summary>
    IGuardCondition CreateGuardCondition();

    /// <summary>Creates an empty wait set.</summary>
    IWaitSet CreateWaitSet();
}

/// <summary>A node, as others see it. Dispose after its publishers and subscriptions.</summary>
internal interface IMiddlewareNode : IDisposable
{
    /// <summary>Creates a publisher.</summary>
    /// <param name="topic">Complete name.</param>
    /// <param name="type">What is published.</param>
    /// <param name="qos">How.</param>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    IMiddlewarePublisher CreatePublisher(string topic, MessageType type, QosProfile qos);

    /// <summary>Creates a subscription.</summary>
    /// <param name="topic">Complete name.</param>
    /// <param name="type">What is expected.</param>
    /// <param name="qos">How.</param>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    IMiddlewareSubscription CreateSubscription(string topic, MessageType type, QosProfile qos);

    /// <summary>Creates the serving end of a service.</summary>
    /// <param name="name">Complete name.</param>
    /// <param name="type">What is served.</param>
    /// <param name="qos">How requests and responses travel.</param>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    IMiddlewareService CreateService(string name, ServiceType type, QosProfile qos);

    /// <summary>Creates the calling end of a service.</summary>
    /// <param name="name">Complete name.</param>
    /// <param name="type">What is called.</param>
    /// <param name="qos">How requests and responses travel.</param>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    IMiddlewareClient CreateClient(string name, ServiceType type, QosProfile qos);
}

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
    SecurityOptions? Security = null)
{
    /// <summary>The largest domain: above, its ports would not fit, 7400 + 250 * 233 > 65535.</summary>
    public const int MaxDomainId = 232;
}

/// <summary>How far a participant looks for others, as <c>ROS_AUTOMATIC_DISCOVERY_RANGE</c> has it.</summary>
internal enum DiscoveryRange
{
    /// <summary>Everywhere that multicast reaches.</summary>
    Subnet,

    /// <summary>On this machine; static peers besides.</summary>
    Localhost,

    /// <summary>On this machine over the loopback interface alone: <c>ROS_LOCALHOST_ONLY</c> as Humble has it.</summary>
    LoopbackOnly,

    /// <summary>Nowhere.</summary>
    Off,

    /// <summary>What the middleware does by itself.</summary>
    SystemDefault,
}

/// <summary>That peers are authenticated and messages encrypted, with the keys of a SROS2 keystore.</summary>
/// <param name="IsEnforced">Whether to refuse to join the domain without; else a warning is enough.</param>
/// <param name="Folder">The enclave's folder in the keystore, empty where no keystore is given.</param>
internal sealed record SecurityOptions(bool IsEnforced, string Folder);

namespace rclcs.Middleware;

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

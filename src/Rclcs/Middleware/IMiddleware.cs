namespace rclcs.Middleware;

/// <summary>
/// The seam between the client library and what carries its messages. Messages cross it as CDR bytes with their
/// header of four; names are complete ROS names (<c>/ns/chatter</c>) and ROS types (<c>std_msgs/msg/String</c>).
/// </summary>
/// <remarks>
/// Below it: librcl where a ROS 2 is sourced, else the embedded Cyclone DDS. On librcl, allocate and write are
/// <c>rcl_publish_serialized_message</c> on a buffer that is used again, take and release
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

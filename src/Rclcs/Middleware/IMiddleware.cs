namespace rclcs.Middleware;

/// <summary>
/// The seam between the client library and what carries its messages. Messages cross it as CDR bytes with their
/// header of four; names are complete ROS names (<c>/ns/chatter</c>) and ROS types (<c>std_msgs/msg/String</c>).
/// </summary>
/// <remarks>
/// Below it today: the embedded Cyclone DDS. Made so that librcl fits: allocate and write map to
/// <c>rcl_publish_serialized_message</c> on a buffer that is used again, take and release to
/// <c>rcl_take_serialized_message</c>, <see cref="IWaitSet"/> to <c>rcl_wait</c>, <see cref="IGuardCondition"/> to
/// <c>rcl_guard_condition_t</c>, <see cref="IGraph"/> to rcl's graph functions.
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

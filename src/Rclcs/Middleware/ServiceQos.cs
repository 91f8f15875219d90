namespace rclcs.Middleware;

/// <summary>How requests and responses travel.</summary>
internal static class ServiceQos
{
    // All clients of a service share the history of its server, and each client's history holds the responses to all: with
    // the 10 of ROS, a thread that is held up for a moment while others call would miss its own.
    private const int MinDepth = 1000;

    /// <summary>Raises the depth, which no peer minds, so that no call is lost among others.</summary>
    public static QosProfile WithRoomForCalls(QosProfile profile) =>
        profile with { Depth = Math.Max(profile.Depth, MinDepth) };
}

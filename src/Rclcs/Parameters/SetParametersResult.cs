namespace rclcs;

/// <summary>Whether parameters were set (rcl_interfaces/msg/SetParametersResult).</summary>
/// <param name="Successful">They were.</param>
/// <param name="Reason">Why not, in one sentence; else empty.</param>
public sealed record SetParametersResult(bool Successful, string Reason)
{
    /// <summary>They were set.</summary>
    public static SetParametersResult Success { get; } = new(true, "");

    /// <summary>They were not set.</summary>
    /// <param name="reason">Why, in one sentence.</param>
    public static SetParametersResult Rejected(string reason) => new(false, reason);

    /// <summary>Reads a message.</summary>
    public static SetParametersResult FromMessage(rcl_interfaces.msg.SetParametersResult message) =>
        new(message.Successful, message.Reason);

    /// <summary>Makes a message.</summary>
    public rcl_interfaces.msg.SetParametersResult ToMessage() => new() { Successful = Successful, Reason = Reason };
}

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
}

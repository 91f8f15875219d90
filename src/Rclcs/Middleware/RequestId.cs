namespace rclcs.Middleware;

/// <summary>Which call a request or response belongs to.</summary>
/// <param name="Client">Which client calls. The embedded middleware uses the first eight bytes only.</param>
/// <param name="SequenceNumber">Which of its calls.</param>
internal readonly record struct RequestId(Gid Client, long SequenceNumber);

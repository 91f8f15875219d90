namespace rclcs.Middleware;

/// <summary>A message type.</summary>
/// <param name="Name">For example <c>std_msgs/msg/String</c>.</param>
/// <param name="Hash"><c>RIHS01_…</c>, or empty where it is not known.</param>
internal readonly record struct MessageType(string Name, string Hash);

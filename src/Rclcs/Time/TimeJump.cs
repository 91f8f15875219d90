namespace rclcs;

/// <summary>A jump of ROS time.</summary>
/// <param name="Change">Whether the source of time changes.</param>
/// <param name="Delta">How far time goes forward, or back if negative; zero when the source changes.</param>
public readonly record struct TimeJump(ClockChange Change, TimeSpan Delta);

namespace rclcs;

/// <summary>Which time a clock tells, with rcl's names and numbers ("Clock and Time", design.ros2.org).</summary>
public enum ClockType
{
    /// <summary>System time, or what <c>/clock</c> says while the parameter <c>use_sim_time</c> is true.</summary>
    RosTime = 1,

    /// <summary>Time since 1970 (UTC), which jumps when somebody sets the machine's clock.</summary>
    SystemTime = 2,

    /// <summary>Time since an unknown moment, which never jumps.</summary>
    SteadyTime = 3,
}

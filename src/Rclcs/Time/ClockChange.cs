namespace rclcs;

/// <summary>Whether a jump of time came with another source of time, with rcl's names and numbers.</summary>
public enum ClockChange
{
    /// <summary><c>/clock</c> was and is the source.</summary>
    RosTimeNoChange = 1,

    /// <summary><c>/clock</c> is the source from now on.</summary>
    RosTimeActivated = 2,

    /// <summary>The system time is the source from now on.</summary>
    RosTimeDeactivated = 3,
}

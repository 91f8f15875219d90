namespace rclcs;

/// <summary>Which jumps of time somebody wants to hear of.</summary>
public sealed record JumpThreshold
{
    /// <summary>Every jump.</summary>
    public static JumpThreshold Any { get; } =
        new() { OnClockChange = true, MinForward = TimeSpan.Zero, MinBackward = TimeSpan.Zero };

    /// <summary>Those to another source of time.</summary>
    public bool OnClockChange { get; init; }

    /// <summary>Those forward by at least so much; null for none.</summary>
    public TimeSpan? MinForward { get; init; }

    /// <summary>Those back by at least so much, a positive duration; null for none.</summary>
    public TimeSpan? MinBackward { get; init; }

    /// <summary>Whether this jump is one of them.</summary>
    internal bool IsReachedBy(TimeJump jump) => jump.Change == ClockChange.RosTimeNoChange
        ? (jump.Delta > TimeSpan.Zero && jump.Delta >= MinForward) || (jump.Delta < TimeSpan.Zero && -jump.Delta >= MinBackward)
        : OnClockChange;
}

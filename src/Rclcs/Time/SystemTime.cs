namespace rclcs;

/// <summary>The clock on the wall.</summary>
internal static class SystemTime
{
    /// <summary>Nanoseconds since 1970 (UTC), in steps of 100.</summary>
    public static long NowNanoseconds() =>
        (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
}

namespace rclcs.Middleware;

/// <summary>Durations as middlewares have them.</summary>
internal static class Nanoseconds
{
    /// <summary>A duration in nanoseconds; <see cref="long.MaxValue"/>, which is for ever, where it is too long for that.</summary>
    public static long Of(TimeSpan duration) => duration.Ticks > long.MaxValue / TimeSpan.NanosecondsPerTick
        ? long.MaxValue
        : duration.Ticks * TimeSpan.NanosecondsPerTick;
}

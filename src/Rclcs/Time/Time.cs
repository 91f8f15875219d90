namespace builtin_interfaces.msg;

/// <content>Arithmetic in nanoseconds.</content>
public sealed partial class Time
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Makes a time of nanoseconds, for example since 1970 (UTC).</summary>
    public static Time FromNanoseconds(long nanoseconds)
    {
        var (seconds, rest) = Math.DivRem(nanoseconds, NanosecondsPerSecond);
        return rest < 0
            ? new Time { Sec = (int)(seconds - 1), Nanosec = (uint)(rest + NanosecondsPerSecond) }
            : new Time { Sec = (int)seconds, Nanosec = (uint)rest };
    }

    /// <summary>The time in nanoseconds.</summary>
    public long ToNanoseconds() => Sec * NanosecondsPerSecond + Nanosec;
}

/// <content>To and from .NET's durations.</content>
public sealed partial class Duration
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Makes a duration of one of .NET's, which has steps of 100 nanoseconds.</summary>
    public static Duration FromTimeSpan(TimeSpan duration)
    {
        var time = Time.FromNanoseconds(checked(duration.Ticks * TimeSpan.NanosecondsPerTick));
        return new Duration { Sec = time.Sec, Nanosec = time.Nanosec };
    }

    /// <summary>The duration in nanoseconds.</summary>
    public long ToNanoseconds() => Sec * NanosecondsPerSecond + Nanosec;

    /// <summary>The duration as one of .NET's, in steps of 100 nanoseconds.</summary>
    public TimeSpan ToTimeSpan() => new(ToNanoseconds() / TimeSpan.NanosecondsPerTick);
}

namespace rclcs;

/// <summary>Tells the time, from the clock on the wall.</summary>
public sealed class Clock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly Func<long> _source;

    /// <summary>Creates a clock.</summary>
    /// <param name="source">Gives nanoseconds since 1970 (UTC).</param>
    internal Clock(Func<long> source) => _source = source;

    /// <summary>The time now, since 1970 (UTC), for the stamp of a header.</summary>
    public builtin_interfaces.msg.Time Now
    {
        get
        {
            var (seconds, nanoseconds) = Math.DivRem(_source(), NanosecondsPerSecond);
            return new builtin_interfaces.msg.Time { Sec = (int)seconds, Nanosec = (uint)nanoseconds };
        }
    }

    /// <summary>The time now in nanoseconds since 1970 (UTC). Allocates nothing.</summary>
    public long NowNanoseconds => _source();
}

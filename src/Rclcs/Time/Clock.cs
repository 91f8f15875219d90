using System.Diagnostics;
using builtin_interfaces.msg;
using rclcs.Middleware;

namespace rclcs;

/// <summary>A source of time. All members may be called from any thread.</summary>
/// <remarks>
/// A node's clock has ROS time. While its parameter <c>use_sim_time</c> is true, that is the last time of <c>/clock</c>,
/// and zero until there is one ("Clock and Time", design.ros2.org).
/// </remarks>
public sealed class Clock
{
    private readonly Lock _callbacksLock = new();
    private readonly Lock _jumpLock = new();
    private readonly CancellationToken _shutdown;
    private volatile JumpCallback[] _jumpCallbacks = [];
    private volatile bool _isRosTimeActive;
    private long _rosTime;

    /// <summary>Creates a clock that belongs to no node: one of ROS time has system time.</summary>
    /// <param name="type">Which time it has.</param>
    public Clock(ClockType type)
        : this(type, CancellationToken.None)
    {
    }

    /// <summary>Creates a clock.</summary>
    /// <param name="type">Which time it has.</param>
    /// <param name="shutdown">Ends all sleep.</param>
    internal Clock(ClockType type, CancellationToken shutdown)
    {
        Type = type;
        _shutdown = shutdown;
    }

    /// <summary>Which time it has.</summary>
    public ClockType Type { get; }

    /// <summary>Whether <c>/clock</c> is the source.</summary>
    public bool IsRosTimeActive => _isRosTimeActive;

    /// <summary>The time now, for the stamp of a header: since 1970 (UTC), if it is not a steady or simulated one.</summary>
    public Time Now => Time.FromNanoseconds(NowNanoseconds);

    /// <summary>The time now in nanoseconds. Allocates nothing.</summary>
    public long NowNanoseconds => Type switch
    {
        ClockType.SteadyTime => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency),
        ClockType.RosTime when _isRosTimeActive => Interlocked.Read(ref _rosTime),
        _ => SystemTime.NowNanoseconds(),
    };

    /// <summary>Has callbacks called around each jump of ROS time, on the thread that receives <c>/clock</c> or sets the parameter.</summary>
    /// <param name="threshold">Which jumps.</param>
    /// <param name="before">Called while the clock still has the old time; null for none.</param>
    /// <param name="after">Called when the clock has the new time; null for none.</param>
    /// <returns>Ends it when disposed.</returns>
    /// <remarks>With <c>/clock</c> each message is a jump. The callbacks should be short: time stands still meanwhile.</remarks>
    public IDisposable AddJumpCallback(JumpThreshold threshold, Action<TimeJump>? before, Action<TimeJump>? after)
    {
        var callback = new JumpCallback(this, threshold, before, after);
        lock (_callbacksLock)
            _jumpCallbacks = [.. _jumpCallbacks, callback];

        return callback;
    }

    /// <summary>Waits for a while on this clock.</summary>
    /// <inheritdoc cref="SleepUntilAsync"/>
    /// <param name="duration">For how long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<bool> SleepForAsync(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var now = NowNanoseconds;
        return SleepUntilNanosecondsAsync(
            duration > TimeSpan.Zero ? now + Math.Min(Nanoseconds.Of(duration), long.MaxValue - now) : now, cancellationToken);
    }

    /// <summary>Waits until this clock reaches a time.</summary>
    /// <param name="time">Which one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when it is time; false if the source of time changed meanwhile, so that the time may never come.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended, or the context of the clock's node was shut down.</exception>
    public Task<bool> SleepUntilAsync(Time time, CancellationToken cancellationToken = default) =>
        SleepUntilNanosecondsAsync(time.ToNanoseconds(), cancellationToken);

    /// <summary>Takes <c>/clock</c> as the source, which says this time.</summary>
    internal void SetRosTime(long nanoseconds)
    {
        lock (_jumpLock)
        {
            if (!_isRosTimeActive)
                ChangeSource(active: true);

            var jump = new TimeJump(
                ClockChange.RosTimeNoChange, new TimeSpan((nanoseconds - _rosTime) / TimeSpan.NanosecondsPerTick));
            try
            {
                CallBefore(jump);
            }
            finally
            {
                Interlocked.Exchange(ref _rosTime, nanoseconds);
            }

            CallAfter(jump);
        }
    }

    /// <summary>Takes the system time as the source again.</summary>
    internal void ClearRosTime()
    {
        lock (_jumpLock)
        {
            if (_isRosTimeActive)
                ChangeSource(active: false);
        }
    }

    private void ChangeSource(bool active)
    {
        var jump = new TimeJump(active ? ClockChange.RosTimeActivated : ClockChange.RosTimeDeactivated, TimeSpan.Zero);
        try
        {
            CallBefore(jump);
        }
        finally
        {
            _isRosTimeActive = active;
        }

        CallAfter(jump);
    }

    private void CallBefore(TimeJump jump)
    {
        foreach (var callback in _jumpCallbacks)
        {
            if (callback.Threshold.IsReachedBy(jump))
                callback.Before?.Invoke(jump);
        }
    }

    private void CallAfter(TimeJump jump)
    {
        foreach (var callback in _jumpCallbacks)
        {
            if (callback.Threshold.IsReachedBy(jump))
                callback.After?.Invoke(jump);
        }
    }

    private async Task<bool> SleepUntilNanosecondsAsync(long time, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var jumps = AddJumpCallback(JumpThreshold.Any, before: null, jump =>
        {
            if (jump.Change != ClockChange.RosTimeNoChange)
                ended.TrySetResult(false);
            else if (NowNanoseconds >= time)
                ended.TrySetResult(true);
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _shutdown);
        try
        {
            while (!ended.Task.IsCompleted)
            {
                stop.Token.ThrowIfCancellationRequested();
                var left = time - NowNanoseconds;
                if (left <= 0)
                    return true;

                // In whole milliseconds, as Task.Delay counts, and not longer than it can.
                var delay = IsRosTimeActive ? Timeout.Infinite : (int)Math.Min(Math.Ceiling(left / 1e6), int.MaxValue);
                await Task.WhenAny(ended.Task, Task.Delay(delay, stop.Token)).ConfigureAwait(false);
            }

            // A shutdown ends simulated time too.
            stop.Token.ThrowIfCancellationRequested();
            return await ended.Task.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private sealed class JumpCallback(
        Clock clock, JumpThreshold threshold, Action<TimeJump>? before, Action<TimeJump>? after) : IDisposable
    {
        public JumpThreshold Threshold => threshold;

        public Action<TimeJump>? Before => before;

        public Action<TimeJump>? After => after;

        public void Dispose()
        {
            lock (clock._callbacksLock)
                clock._jumpCallbacks = [.. clock._jumpCallbacks.Where(other => other != this)];
        }
    }
}

/// <summary>Which time a clock has, with rcl's names and numbers ("Clock and Time", design.ros2.org).</summary>
public enum ClockType
{
    /// <summary>System time, or what <c>/clock</c> says while the parameter <c>use_sim_time</c> is true.</summary>
    RosTime = 1,

    /// <summary>Time since 1970 (UTC), which jumps when the machine's clock is set.</summary>
    SystemTime = 2,

    /// <summary>Time since an unknown moment, which never jumps.</summary>
    SteadyTime = 3,
}

/// <summary>A jump of ROS time.</summary>
/// <param name="Change">Whether the source of time changes.</param>
/// <param name="Delta">How far time goes forward, or back if negative; zero when the source changes.</param>
public readonly record struct TimeJump(ClockChange Change, TimeSpan Delta);

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

/// <summary>Which jumps of time a callback is called for.</summary>
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

/// <summary>The clock on the wall.</summary>
internal static class SystemTime
{
    /// <summary>Nanoseconds since 1970 (UTC), in steps of 100.</summary>
    public static long NowNanoseconds() =>
        (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
}

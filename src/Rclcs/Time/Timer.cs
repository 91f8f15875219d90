namespace rclcs;

/// <summary>Calls back again and again while its node spins. Dispose ends it.</summary>
public interface ITimer : IDisposable
{
    /// <summary>Time between calls.</summary>
    TimeSpan Period { get; }

    /// <summary>Whether it is stopped.</summary>
    bool IsCanceled { get; }

    /// <summary>Stops it until <see cref="Reset"/>.</summary>
    void Cancel();

    /// <summary>Starts it again: the next call comes after one period.</summary>
    void Reset();
}

/// <summary>A timer on a clock. What it does at jumps of ROS time is what rcl's timers do.</summary>
internal sealed class ClockTimer : ITimer
{
    private readonly Lock _stateLock = new();
    private readonly NodeExecutor _executor;
    private readonly Clock _clock;
    private readonly Action _callback;
    private readonly IDisposable _jumps;
    private readonly long _period;
    private long _last;
    private long _due;
    private long? _elapsedBeforeChange;
    private bool _canceled;

    /// <summary>Creates and starts it.</summary>
    public ClockTimer(NodeExecutor executor, Clock clock, TimeSpan period, Action callback)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        _executor = executor;
        _clock = clock;
        _callback = callback;
        Period = period;
        _period = checked(period.Ticks * TimeSpan.NanosecondsPerTick);
        StartPeriod(clock.NowNanoseconds);
        _jumps = clock.AddJumpCallback(JumpThreshold.Any, BeforeJump, AfterJump);
    }

    /// <inheritdoc/>
    public TimeSpan Period { get; }

    /// <inheritdoc/>
    public bool IsCanceled
    {
        get
        {
            lock (_stateLock)
                return _canceled;
        }
    }

    /// <inheritdoc/>
    public void Cancel()
    {
        lock (_stateLock)
            _canceled = true;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        lock (_stateLock)
        {
            _canceled = false;
            StartPeriod(_clock.NowNanoseconds);
        }

        _executor.Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cancel();
        _jumps.Dispose();
        _executor.Remove(this);
    }

    /// <summary>How long until the next call; infinite while stopped, and while it depends on messages on <c>/clock</c>.</summary>
    public TimeSpan TimeUntilDue()
    {
        lock (_stateLock)
        {
            if (_canceled)
                return Timeout.InfiniteTimeSpan;

            var left = _due - _clock.NowNanoseconds;
            if (left <= 0)
                return TimeSpan.Zero;

            // Rounded up: woken too early, one would have to wait again.
            return _clock.IsRosTimeActive
                ? Timeout.InfiniteTimeSpan
                : new TimeSpan((left - 1) / TimeSpan.NanosecondsPerTick + 1);
        }
    }

    /// <summary>Calls back if it is time.</summary>
    /// <returns>Whether it was.</returns>
    public bool TryExecute()
    {
        lock (_stateLock)
        {
            var now = _clock.NowNanoseconds;
            if (_canceled || _due > now)
                return false;

            // The next one in step with the first, leaving out those that are past.
            _last = now;
            _due += ((now - _due) / _period + 1) * _period;
        }

        _callback();
        return true;
    }

    private void StartPeriod(long start)
    {
        _last = start;
        _due = start + _period;
    }

    private void BeforeJump(TimeJump jump)
    {
        if (jump.Change == ClockChange.RosTimeNoChange)
            return;

        lock (_stateLock)
        {
            var now = _clock.NowNanoseconds;
            if (now != 0)
                _elapsedBeforeChange = _period - (_due - now);
        }
    }

    private void AfterJump(TimeJump jump)
    {
        lock (_stateLock)
        {
            var now = _clock.NowNanoseconds;
            if (jump.Change == ClockChange.RosTimeNoChange)
            {
                // Back by more than a period.
                if (now < _last)
                    StartPeriod(now);
            }
            else if (now != 0 && _elapsedBeforeChange is { } elapsed)
            {
                // Another source: what is left of the period stays.
                StartPeriod(now - elapsed);
                _elapsedBeforeChange = null;
            }
        }

        _executor.Wake();
    }
}

using System.Diagnostics;

namespace rclcs;

/// <summary>A timer on the monotonic clock.</summary>
internal sealed class WallTimer : ITimer
{
    private readonly Lock _stateLock = new();
    private readonly NodeExecutor _executor;
    private readonly Action _callback;
    private readonly long _periodTicks;
    private long _due;
    private bool _canceled;

    /// <summary>Creates and starts it.</summary>
    public WallTimer(NodeExecutor executor, TimeSpan period, Action callback)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        _executor = executor;
        _callback = callback;
        Period = period;
        _periodTicks = Math.Max(1, (long)(period.TotalSeconds * Stopwatch.Frequency));
        _due = Stopwatch.GetTimestamp() + _periodTicks;
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
            _due = Stopwatch.GetTimestamp() + _periodTicks;
        }

        _executor.Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cancel();
        _executor.Remove(this);
    }

    /// <summary>How long until the next call; infinite while stopped.</summary>
    public TimeSpan TimeUntilDue(long now)
    {
        lock (_stateLock)
        {
            if (_canceled)
                return Timeout.InfiniteTimeSpan;

            return _due <= now ? TimeSpan.Zero : Stopwatch.GetElapsedTime(now, _due);
        }
    }

    /// <summary>Calls back if it is time.</summary>
    /// <returns>Whether it was.</returns>
    public bool TryExecute(long now)
    {
        lock (_stateLock)
        {
            if (_canceled || _due > now)
                return false;

            // The next one in step with the first, leaving out those that are past.
            _due += ((now - _due) / _periodTicks + 1) * _periodTicks;
        }

        _callback();
        return true;
    }
}

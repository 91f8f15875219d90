using System.Diagnostics;

namespace rclcs.Middleware;

/// <summary>Waits for a condition whose changes are signaled by <see cref="Monitor.PulseAll"/>.</summary>
internal static class Signal
{
    private static readonly TimeSpan MostAtOnce = TimeSpan.FromDays(1);

    /// <summary>Waits.</summary>
    /// <param name="monitor">Guards the condition.</param>
    /// <param name="condition">Looked at with the monitor held.</param>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The condition.</returns>
    public static bool Wait(object monitor, Func<bool> condition, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(() =>
        {
            lock (monitor)
                Monitor.PulseAll(monitor);
        });
        var start = Stopwatch.GetTimestamp();
        lock (monitor)
        {
            while (!condition() && !cancellationToken.IsCancellationRequested)
            {
                var left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - Stopwatch.GetElapsedTime(start);
                if (timeout != Timeout.InfiniteTimeSpan && left < TimeSpan.Zero)
                    break;

                // Monitor takes no more than some 24 days at a time.
                Monitor.Wait(monitor, left > MostAtOnce ? MostAtOnce : left);
            }

            return condition();
        }
    }
}

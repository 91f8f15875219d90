namespace rclcs.Benchmarks;

/// <summary>Lets a loop run at a rate; at 0, as fast as it can.</summary>
internal sealed class Pace(double rate)
{
    private readonly long _start = Payload.Now();
    private int _turns;

    /// <summary>Sleeps until the next turn.</summary>
    public void WaitForTurn()
    {
        if (rate == 0)
            return;

        var due = _start + (long)(_turns++ * 1e9 / rate);
        var left = due - Payload.Now();
        if (left > 0)
            Thread.Sleep(new TimeSpan(left / TimeSpan.NanosecondsPerTick));
    }
}

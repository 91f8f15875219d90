namespace TestSupport;

/// <summary>Counts bytes on the managed heap.</summary>
public static class Allocations
{
    /// <summary>
    /// Bytes that one warm call allocates on this thread, on average over ten: the least of up to twenty such rounds,
    /// because on a busy machine the runtime compiles a warm method anew, and allocates for it, at any time. What
    /// the call itself allocates is in every round.
    /// </summary>
    public static double Of(Action call)
    {
        const int rounds = 20;
        for (var i = 0; i < 3; i++)
            call();
        var least = double.PositiveInfinity;
        for (var i = 0; i < rounds && least > 0; i++)
            least = Math.Min(least, OfRound(call));
        return least;
    }

    private static double OfRound(Action call)
    {
        const int calls = 10;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++)
            call();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)calls;
    }
}

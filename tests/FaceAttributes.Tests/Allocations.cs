namespace FaceAttributes.Tests;

/// <summary>Counts bytes on the managed heap.</summary>
internal static class Allocations
{
    /// <summary>Bytes that one warm call allocates on this thread, on average over ten.</summary>
    public static double Of(Action call)
    {
        const int calls = 10;
        for (var i = 0; i < 3; i++)
            call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++)
            call();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)calls;
    }
}

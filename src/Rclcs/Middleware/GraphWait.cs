namespace rclcs.Middleware;

/// <summary>Waits for the graph without a thread.</summary>
internal static class GraphWait
{
    /// <summary>Waits until something is so, looking again at every change.</summary>
    /// <param name="context">Whose graph; when it is shut down, the wait is canceled.</param>
    /// <param name="condition">Called on a thread of the pool, after the first time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task UntilAsync(Context context, Func<bool> condition, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.ShutdownToken);
        var graph = context.Middleware.Graph;

        // Not disposed: a change may be told still after the handler is gone.
        var changes = new SemaphoreSlim(0);
        graph.Changed += Count;
        try
        {
            while (!condition())
                await changes.WaitAsync(end.Token).ConfigureAwait(false);
        }
        finally
        {
            graph.Changed -= Count;
        }

        void Count() => changes.Release();
    }
}

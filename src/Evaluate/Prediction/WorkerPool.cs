using System.Runtime.ExceptionServices;

namespace FaceAttributes.Evaluation.Prediction;

/// <summary>One worker for each processor, which share the items of a list.</summary>
/// <typeparam name="T">A worker; used by one thread at a time.</typeparam>
internal sealed class WorkerPool<T> : IDisposable
    where T : IDisposable
{
    private readonly List<T> _workers = [];

    /// <summary>Creates the workers.</summary>
    /// <param name="create">Creates one.</param>
    public WorkerPool(Func<T> create)
    {
        try
        {
            for (var i = 0; i < Environment.ProcessorCount; i++)
                _workers.Add(create());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Processes each item with one of the workers.</summary>
    /// <returns>The results, in the order of the items.</returns>
    public TResult[] Map<TItem, TResult>(IReadOnlyList<TItem> items, Func<T, TItem, TResult> work)
    {
        var results = new TResult[items.Count];
        var next = -1;
        try
        {
            Parallel.ForEach(_workers, (worker, state) =>
            {
                for (var i = Interlocked.Increment(ref next); i < results.Length; i = Interlocked.Increment(ref next))
                {
                    if (state.ShouldExitCurrentIteration)
                        return;
                    results[i] = work(worker, items[i]);
                }
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return results;
    }

    /// <summary>Disposes of the workers.</summary>
    public void Dispose() => _workers.ForEach(worker => worker.Dispose());
}

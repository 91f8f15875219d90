namespace EndToEnd.Tests;

/// <summary>Keeps all cores of the machine at work.</summary>
internal sealed class BusyCores : IDisposable
{
    private readonly Thread[] _threads;
    private volatile bool _stopping;

    public BusyCores()
    {
        _threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work) { IsBackground = true })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    public void Dispose()
    {
        _stopping = true;
        Array.ForEach(_threads, thread => thread.Join());
    }

    private void Work()
    {
        while (!_stopping)
        {
            // Until then.
        }
    }
}

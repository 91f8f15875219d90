namespace rclcs.Middleware;

/// <summary>Counts what changes in a graph, and tells whoever waits for it.</summary>
internal abstract class MiddlewareGraph : IGraph
{
    private long _version;

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public long Version
    {
        get
        {
            lock (StateLock)
                return _version;
        }
    }

    /// <summary>Guards what is known of the graph.</summary>
    protected object StateLock { get; } = new();

    /// <inheritdoc/>
    public abstract IReadOnlyList<NodeNameAndNamespace> GetNodes();

    /// <inheritdoc/>
    public abstract IReadOnlyList<TopicEndpointInfo> GetTopicEndpoints(string? topic);

    /// <inheritdoc/>
    public abstract IReadOnlyList<(string Name, string Type)> GetServices();

    /// <inheritdoc/>
    public bool WaitForChange(long version, TimeSpan timeout, CancellationToken cancellationToken) =>
        Signal.Wait(StateLock, () => _version != version, timeout, cancellationToken);

    /// <summary>Something has changed. Called with <see cref="StateLock"/> held.</summary>
    protected void SignalChange()
    {
        _version++;
        Monitor.PulseAll(StateLock);
        Changed?.Invoke();
    }
}

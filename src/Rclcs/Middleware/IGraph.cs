namespace rclcs.Middleware;

/// <summary>The nodes and topics of the domain, as far as they have been discovered. Our own are in it too.</summary>
internal interface IGraph
{
    /// <summary>
    /// <see cref="Version"/> has risen. Raised on a thread of the middleware, perhaps with a lock held: a handler only signals.
    /// </summary>
    event Action? Changed;

    /// <summary>Rises with every change.</summary>
    long Version { get; }

    /// <summary>All nodes.</summary>
    IReadOnlyList<NodeNameAndNamespace> GetNodes();

    /// <summary>All endpoints of topics that are ROS topics, without those of services and the graph itself.</summary>
    /// <param name="topic">Complete name of the only topic that is asked for.</param>
    IReadOnlyList<TopicEndpointInfo> GetTopicEndpoints(string? topic = null);

    /// <summary>All services that have a server (on librcl also those that have clients only), as complete names (<c>/ns/set_bool</c>), with their types (<c>std_srvs/srv/SetBool</c>).</summary>
    IReadOnlyList<(string Name, string Type)> GetServices();

    /// <summary>Waits until <see cref="Version"/> differs.</summary>
    /// <param name="version">What was seen.</param>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it differs.</returns>
    bool WaitForChange(long version, TimeSpan timeout, CancellationToken cancellationToken);
}

/// <summary>Counts the changes of a graph, and signals them.</summary>
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

namespace rclcs.Middleware.CycloneDds;

/// <summary>A node: nothing in DDS but a name that <c>ros_discovery_info</c> gives to some endpoints.</summary>
internal sealed class CycloneNode(CycloneContext context, NodeNameAndNamespace name) : IMiddlewareNode
{
    private readonly Lock _endpointsLock = new();
    private readonly List<Gid> _readers = [];
    private readonly List<Gid> _writers = [];

    /// <inheritdoc/>
    public IMiddlewarePublisher CreatePublisher(string topic, MessageType type, QosProfile qos)
    {
        var publisher = new CyclonePublisher(context, this, DdsNames.ToDdsTopic(topic), type, qos);
        Add(_writers, publisher.Gid);
        return publisher;
    }

    /// <inheritdoc/>
    public IMiddlewareSubscription CreateSubscription(string topic, MessageType type, QosProfile qos)
    {
        var subscription = new CycloneSubscription(context, this, DdsNames.ToDdsTopic(topic), type, qos);
        Add(_readers, subscription.Gid);
        return subscription;
    }

    /// <inheritdoc/>
    public IMiddlewareService CreateService(string name, ServiceType type, QosProfile qos)
    {
        CheckServices(name);
        return Add(new CycloneService(context, this, name, type, qos));
    }

    /// <inheritdoc/>
    public IMiddlewareClient CreateClient(string name, ServiceType type, QosProfile qos)
    {
        CheckServices(name);
        return Add(new CycloneClient(context, this, name, type, qos));
    }

    /// <summary>Takes an endpoint away.</summary>
    public void Remove(Gid endpoint)
    {
        lock (_endpointsLock)
        {
            _readers.Remove(endpoint);
            _writers.Remove(endpoint);
        }

        context.AnnounceNodes();
    }

    /// <summary>What to announce about this node.</summary>
    public NodeDiscoveryInfo GetDiscoveryInfo()
    {
        lock (_endpointsLock)
            return new NodeDiscoveryInfo(name, [.. _readers], [.. _writers]);
    }

    /// <inheritdoc/>
    public void Dispose() => context.Remove(this);

    private void CheckServices(string name)
    {
        if (!context.HasServices)
        {
            throw new RuntimeError(
                $"The service {name} cannot be offered or called, as RCLCS_SERVICES=off switches services off.");
        }
    }

    private T Add<T>(T end)
        where T : CycloneServiceEnd
    {
        lock (_endpointsLock)
        {
            _readers.Add(end.ReaderGid);
            _writers.Add(end.WriterGid);
        }

        context.AnnounceNodes();
        return end;
    }

    private void Add(List<Gid> endpoints, Gid endpoint)
    {
        lock (_endpointsLock)
            endpoints.Add(endpoint);

        context.AnnounceNodes();
    }
}

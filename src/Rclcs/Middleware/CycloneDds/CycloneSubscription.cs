namespace rclcs.Middleware.CycloneDds;

/// <summary>A subscription of a node: a DDS reader.</summary>
internal sealed class CycloneSubscription : CycloneEndpoint, IMiddlewareSubscription, ICycloneWaitable
{
    private readonly CycloneNode _node;
    private readonly CycloneReader _reader;

    /// <summary>Creates the reader; the arguments are those of <see cref="CyclonePublisher"/>.</summary>
    public CycloneSubscription(
        CycloneContext context,
        CycloneNode node,
        string topic,
        MessageType type,
        QosProfile profile,
        string userData = "")
    {
        _node = node;
        using var qos = DdsQos.Create(profile, type.Hash, userData);
        _reader = CreateWithListener(
            listener => new CycloneReader(context, topic, DdsNames.ToDdsType(type.Name), qos, listener),
            reader => reader.Id);
    }

    /// <summary>The reader.</summary>
    public int Id => _reader.Id;

    /// <inheritdoc/>
    public int Condition => _reader.Condition;

    /// <inheritdoc/>
    public bool TryTake(out IncomingMessage message) => _reader.TryTake(out message, out _);

    /// <summary>See <see cref="CycloneReader.TryTake"/>.</summary>
    public bool TryTake(out IncomingMessage message, out ulong writer) => _reader.TryTake(out message, out writer);

    /// <inheritdoc/>
    public void AfterWait()
    {
    }

    /// <inheritdoc/>
    protected override void DeleteEntity()
    {
        _reader.Dispose();
        _node.Remove(Gid);
    }
}

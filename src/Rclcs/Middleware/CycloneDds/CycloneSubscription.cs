namespace rclcs.Middleware.CycloneDds;

/// <summary>A subscription of a node: a DDS reader.</summary>
internal sealed class CycloneSubscription : CycloneEndpoint, IMiddlewareSubscription, ICycloneWaitable
{
    private readonly CycloneNode _node;
    private readonly CycloneReader _reader;

    /// <summary>Creates the reader.</summary>
    public CycloneSubscription(
        CycloneContext context, CycloneNode node, string topic, MessageType type, QosProfile profile)
    {
        _node = node;
        using var qos = DdsQos.Create(profile, type.Hash);
        _reader = CreateWithListener(
            listener => new CycloneReader(
                context, DdsNames.ToDdsTopic(topic), DdsNames.ToDdsType(type.Name), qos, listener),
            reader => reader.Id);
    }

    /// <inheritdoc/>
    public int Condition => _reader.Condition;

    /// <inheritdoc/>
    public bool TryTake(out IncomingMessage message) => _reader.TryTake(out message);

    /// <inheritdoc/>
    public void AfterWait()
    {
    }

    /// <inheritdoc/>
    protected override void DisposeEntity()
    {
        _reader.Dispose();
        _node.Remove(Gid);
    }
}

namespace rclcs.Middleware.CycloneDds;

/// <summary>A publisher of a node: a DDS writer.</summary>
internal sealed class CyclonePublisher : CycloneEndpoint, IMiddlewarePublisher
{
    private readonly CycloneNode _node;
    private readonly CycloneWriter _writer;

    /// <summary>Creates the writer.</summary>
    public CyclonePublisher(CycloneContext context, CycloneNode node, string topic, MessageType type, QosProfile profile)
    {
        _node = node;
        using var qos = DdsQos.Create(profile, type.Hash);
        _writer = CreateWithListener(
            listener => new CycloneWriter(
                context, DdsNames.ToDdsTopic(topic), DdsNames.ToDdsType(type.Name), qos, listener),
            writer => writer.Id);
    }

    /// <inheritdoc/>
    public OutgoingMessage Allocate(int size) => _writer.Allocate(size);

    /// <inheritdoc/>
    public void Write(OutgoingMessage message) => _writer.Write(message);

    /// <inheritdoc/>
    public void Discard(OutgoingMessage message) => _writer.Discard(message);

    /// <inheritdoc/>
    protected override void DisposeEntity()
    {
        _writer.Dispose();
        _node.Remove(Gid);
    }
}

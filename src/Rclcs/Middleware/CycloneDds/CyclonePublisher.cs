namespace rclcs.Middleware.CycloneDds;

/// <summary>A publisher of a node: a DDS writer.</summary>
internal sealed class CyclonePublisher : CycloneEndpoint, IMiddlewarePublisher
{
    private readonly CycloneNode _node;
    private readonly CycloneWriter _writer;

    /// <summary>Creates the writer.</summary>
    /// <param name="context">Where.</param>
    /// <param name="node">Whose.</param>
    /// <param name="topic">Name in DDS.</param>
    /// <param name="type">Of its messages.</param>
    /// <param name="profile">How they are sent.</param>
    /// <param name="userData">Further <c>key=value;</c> pairs for its USER_DATA.</param>
    public CyclonePublisher(
        CycloneContext context,
        CycloneNode node,
        string topic,
        MessageType type,
        QosProfile profile,
        string userData = "")
    {
        _node = node;
        using var qos = DdsQos.Create(profile, type.Hash, userData);
        _writer = CreateWithListener(
            listener => new CycloneWriter(context, topic, DdsNames.ToDdsType(type.Name), qos, listener),
            writer => writer.Id);
    }

    /// <summary>The writer.</summary>
    public int Id => _writer.Id;

    /// <inheritdoc/>
    public OutgoingMessage Allocate(int size) => _writer.Allocate(size);

    /// <inheritdoc/>
    public void Write(OutgoingMessage message) => _writer.Write(message);

    /// <inheritdoc/>
    public void Discard(OutgoingMessage message) => _writer.Discard(message);

    /// <inheritdoc/>
    protected override void DeleteEntity()
    {
        _writer.Dispose();
        _node.Remove(Gid);
    }
}

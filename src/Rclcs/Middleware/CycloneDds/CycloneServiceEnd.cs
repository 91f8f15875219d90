namespace rclcs.Middleware.CycloneDds;

/// <summary>
/// An end of a service: a reader and a writer that carry the same name in USER_DATA, so that the other end knows which of
/// its matches belong together.
/// </summary>
/// <remarks>
/// The other end counts only if it has such a name, as all that is built on rmw_cyclonedds has. Other vendors tell
/// calls apart by other means, and would take <see cref="CallHeader"/> for a part of the message.
/// </remarks>
internal abstract class CycloneServiceEnd : ICycloneWaitable, IDisposable
{
    /// <summary>The key of a server's name.</summary>
    protected const string ServiceIdKey = "serviceid";

    /// <summary>The key of a client's name.</summary>
    protected const string ClientIdKey = "clientid";

    /// <summary>Creates reader and writer.</summary>
    /// <param name="context">Where.</param>
    /// <param name="node">Whose.</param>
    /// <param name="key">The key of its name.</param>
    /// <param name="read">The DDS topic that is read, and its type.</param>
    /// <param name="written">The DDS topic that is written, and its type.</param>
    /// <param name="profile">Of both; the depth is raised, which stays compatible with every peer.</param>
    protected CycloneServiceEnd(
        CycloneContext context,
        CycloneNode node,
        string key,
        (string Topic, MessageType Type) read,
        (string Topic, MessageType Type) written,
        QosProfile profile)
    {
        var userData = UserData.Pair(key, context.CreateServiceEndId());
        var qos = ServiceQos.WithRoomForCalls(profile);
        Writer = new CyclonePublisher(context, node, written.Topic, written.Type, qos, userData);
        try
        {
            Reader = new CycloneSubscription(context, node, read.Topic, read.Type, qos, userData);
        }
        catch
        {
            Writer.Dispose();
            throw;
        }
    }

    /// <summary>Identity of the reader.</summary>
    public Gid ReaderGid => Reader.Gid;

    /// <summary>Identity of the writer.</summary>
    public Gid WriterGid => Writer.Gid;

    /// <inheritdoc/>
    public int Condition => Reader.Condition;

    /// <summary>Receives requests, or responses.</summary>
    protected CycloneSubscription Reader { get; }

    /// <summary>Sends responses, or requests.</summary>
    protected CyclonePublisher Writer { get; }

    /// <summary>See <see cref="IMiddlewareSender.Allocate"/>.</summary>
    public OutgoingMessage Allocate(int size) => CallHeader.Allocate(Writer, size);

    /// <summary>See <see cref="IMiddlewareSender.Discard"/>.</summary>
    public void Discard(OutgoingMessage message) => Writer.Discard(message);

    /// <inheritdoc/>
    public void AfterWait()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
    }
}

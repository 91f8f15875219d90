using rclcs.Middleware.Rcl.Interop;
using rclcs.Serialization;

namespace rclcs.Middleware.Rcl;

/// <summary>A publisher of rcl that sends serialized messages, and the pixels of images from where they are.</summary>
internal sealed unsafe class RclPublisher : RclEndpoint, IMiddlewarePublisher
{
    private readonly string _topic;
    private readonly LentBytes? _lentBytes;

    /// <summary>Creates it in a node.</summary>
    public RclPublisher(RclContext context, RclHandle node, string topic, MessageType type, QosProfile qos)
        : base(
            context,
            Create(node, topic, type, qos),
            Librcl.rcl_publisher_event_init,
            RclEvent.PublisherMatched,
            RclEvent.OfferedIncompatibleQos)
    {
        _topic = topic;
        _lentBytes = LentBytes.Find(type.Name);
        Watch();
    }

    /// <inheritdoc/>
    public void Publish(IMessage message)
    {
        ObjectDisposedException.ThrowIf(Handle.IsDisposed, this);
        if (_lentBytes?.TryPublish(Handle, message, _topic) != true)
            Write(((IMiddlewareSender)this).Serialize(message));
    }

    /// <inheritdoc/>
    public OutgoingMessage Allocate(int size)
    {
        ObjectDisposedException.ThrowIf(Handle.IsDisposed, this);
        return Messages.Allocate(size, _topic);
    }

    /// <inheritdoc/>
    public void Write(OutgoingMessage message)
    {
        try
        {
            var result = Librcl.rcl_publish_serialized_message(Handle, (SerializedMessage*)message.Handle, 0);
            if (result != RclError.Ok)
                throw RclError.Create(result, $"A message on {_topic} cannot be sent");
        }
        finally
        {
            Messages.Release(message.Handle);
        }
    }

    /// <inheritdoc/>
    public void Discard(OutgoingMessage message) => Messages.Release(message.Handle);

    /// <inheritdoc/>
    protected override void DisposeEntity()
    {
        base.DisposeEntity();
        _lentBytes?.Dispose();
    }

    /// <inheritdoc/>
    protected override int GetMatchedCount(nuint* count) => Librcl.rcl_publisher_get_subscription_count(Handle, count);

    private static RclHandle Create(RclHandle node, string topic, MessageType type, QosProfile qos)
    {
        var typeSupport = TypeSupport.OfMessage(type.Name);
        return new RclHandle(
            node,
            (publisher, node) =>
            {
                var options = Librcl.rcl_publisher_get_default_options();
                options.Qos = RclQos.FromProfile(qos);
                return Librcl.rcl_publisher_init(publisher, node, typeSupport, topic, &options);
            },
            static (publisher, node) => RclError.Forget(Librcl.rcl_publisher_fini(publisher, node)),
            $"A publisher of {topic} cannot be created");
    }
}

using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>A subscription of rcl that takes serialized messages.</summary>
internal sealed unsafe class RclSubscription : RclEndpoint, IMiddlewareSubscription, IRclWaitable
{
    // rmw_message_info_t has 72 bytes on Humble and 64 since, of which we read what both have in the same place.
    private const int RoomForInfo = 256;
    private const int SourceTimestamp = 0;
    private const int PublisherGid = 40;

    private readonly string _topic;

    /// <summary>Creates it in a node.</summary>
    public RclSubscription(RclContext context, RclHandle node, string topic, MessageType type, QosProfile qos)
        : base(
            context,
            Create(node, topic, type, qos),
            Librcl.rcl_subscription_event_init,
            RclEvent.SubscriptionMatched,
            RclEvent.RequestedIncompatibleQos)
    {
        _topic = topic;
        Watch();
    }

    /// <inheritdoc/>
    public RclWaitKind Kind => RclWaitKind.Subscription;

    /// <inheritdoc/>
    public bool TryTake(out IncomingMessage message)
    {
        message = default;
        if (!Handle.TryAddRef())
            return false;

        var taken = Messages.Rent(size: 0);
        try
        {
            var info = stackalloc byte[RoomForInfo];
            new Span<byte>(info, RoomForInfo).Clear();
            var result = Librcl.rcl_take_serialized_message(Handle, taken, info, 0);
            if (result == RclError.SubscriptionTakeFailed)
                return false;

            if (result != RclError.Ok)
                throw RclError.Create(result, $"A message on {_topic} cannot be taken");

            var gid = new Gid(new ReadOnlySpan<byte>(info + PublisherGid, Gid.Size));
            message = Messages.ToIncoming(taken, new MessageInfo(*(long*)(info + SourceTimestamp), gid));
            return true;
        }
        finally
        {
            if (message.Handle == 0)
                Messages.Return(taken);

            Handle.DangerousRelease();
        }
    }

    /// <inheritdoc/>
    protected override int GetMatchedCount(nuint* count) => Librcl.rcl_subscription_get_publisher_count(Handle, count);

    private static RclHandle Create(RclHandle node, string topic, MessageType type, QosProfile qos)
    {
        var typeSupport = TypeSupport.OfMessage(type.Name);
        return new RclHandle(
            node,
            (subscription, node) =>
            {
                var options = Librcl.rcl_subscription_get_default_options();
                options.Qos = RclQos.FromProfile(qos);
                return Librcl.rcl_subscription_init(subscription, node, typeSupport, topic, &options);
            },
            static (subscription, node) => RclError.Forget(Librcl.rcl_subscription_fini(subscription, node)),
            $"A subscription of {topic} cannot be created");
    }
}

using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>Something that happens to a publisher or subscription, for which rcl can wait.</summary>
internal sealed unsafe class RclEvent : IRclWaitable, IDisposable
{
    // rcl_publisher_event_type_t and rcl_subscription_event_type_t. Humble has no matched events and refuses them.
    public const int OfferedIncompatibleQos = 2;
    public const int PublisherMatched = 4;
    public const int RequestedIncompatibleQos = 2;
    public const int SubscriptionMatched = 5;

    // The largest status, that of matched events, has 32 bytes.
    private const int RoomForStatus = 128;
    private const int LastPolicyKind = 8;

    private RclEvent(RclHandle handle) => Handle = handle;

    /// <inheritdoc/>
    public RclHandle Handle { get; }

    /// <inheritdoc/>
    public RclWaitKind Kind => RclWaitKind.Event;

    /// <summary>Asks for events.</summary>
    /// <param name="endpoint">Of what.</param>
    /// <param name="initialize"><c>rcl_publisher_event_init</c> or its sibling.</param>
    /// <param name="type">Which events.</param>
    /// <returns>The event, or null where the distribution or the middleware has none of the kind.</returns>
    public static RclEvent? TryCreate(RclHandle endpoint, Func<nint, nint, int, int> initialize, int type)
    {
        try
        {
            return new RclEvent(new RclHandle(
                endpoint,
                (@event, owner) => initialize(@event, owner, type),
                static (@event, _) => RclError.Forget(Librcl.rcl_event_fini(@event)),
                "No events"));
        }
        catch (RuntimeError)
        {
            return null;
        }
    }

    /// <summary>Takes what has happened.</summary>
    /// <param name="lastPolicy">With an event of incompatible quality of service: the policy.</param>
    /// <returns>Whether anything has.</returns>
    public bool TryTake(out QosPolicyKind lastPolicy)
    {
        lastPolicy = default;
        // The graph's thread takes what its wait has reported, while another thread may dispose of the endpoint and this with it.
        if (!Handle.TryAddRef())
            return false;

        try
        {
            var status = stackalloc byte[RoomForStatus];
            new Span<byte>(status, RoomForStatus).Clear();
            var result = Librcl.rcl_take_event(Handle, status);
            RclError.Forget(result);
            lastPolicy = RclQos.ToPolicyKind(*(int*)(status + LastPolicyKind));
            return result == RclError.Ok;
        }
        finally
        {
            Handle.DangerousRelease();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}

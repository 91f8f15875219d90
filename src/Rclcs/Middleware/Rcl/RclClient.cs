using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>A client of rcl.</summary>
internal sealed unsafe class RclClient : RclServiceEnd, IMiddlewareClient, IRclWaitable, IRclWatched
{
    private readonly RclContext _context;
    private readonly RclHandle _node;
    private volatile bool _wasAvailable;

    /// <summary>Creates it in a node.</summary>
    public RclClient(RclContext context, RclHandle node, string name, ServiceType type, QosProfile qos)
        : base(
            name,
            Create(node, name, type, qos),
            taken: new TypedMessages(type.Response.Name),
            sent: new TypedMessages(type.Request.Name))
    {
        _context = context;
        _node = node;
        context.Watch(this);
    }

    /// <inheritdoc/>
    public RclWaitKind Kind => RclWaitKind.Client;

    /// <inheritdoc/>
    public IEnumerable<RclEvent> Events => [];

    /// <summary>A server is known some time after the graph has it, without an event.</summary>
    public bool NeedsPolling => !_wasAvailable;

    /// <inheritdoc/>
    public bool IsServiceAvailable
    {
        get
        {
            if (!Handle.TryAddRef())
                return false;

            try
            {
                byte isAvailable = 0;
                var result = Librcl.rcl_service_server_is_available(_node, Handle, &isAvailable);
                RclError.Forget(result);
                return result == RclError.Ok && isAvailable != 0;
            }
            finally
            {
                Handle.DangerousRelease();
            }
        }
    }

    /// <inheritdoc/>
    public bool Refresh(IReadOnlyCollection<IWaitable> ready)
    {
        var isAvailable = IsServiceAvailable;
        var hasChanged = isAvailable != _wasAvailable;
        _wasAvailable = isAvailable;
        return hasChanged;
    }

    /// <inheritdoc/>
    public long Send(OutgoingMessage request)
    {
        RequestId id = default;
        Send(request, ref id);
        return id.SequenceNumber;
    }

    /// <inheritdoc/>
    public bool TryTakeResponse(out IncomingMessage response, out long sequenceNumber)
    {
        var taken = TryTake(out response, out var id);
        sequenceNumber = id.SequenceNumber;
        return taken;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _context.Unwatch(this);
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override int Send(byte* id, long* sequenceNumber, nint message) =>
        Librcl.rcl_send_request(Handle, message, sequenceNumber);

    /// <inheritdoc/>
    protected override int Take(byte* id, nint message) => Librcl.rcl_take_response(Handle, id, message);

    private static RclHandle Create(RclHandle node, string name, ServiceType type, QosProfile qos)
    {
        var typeSupport = TypeSupport.OfService(type.Name);
        return new RclHandle(
            node,
            (client, node) =>
            {
                var options = Librcl.rcl_client_get_default_options();
                options.Qos = RclQos.FromProfile(ServiceQos.WithRoomForCalls(qos));
                return Librcl.rcl_client_init(client, node, typeSupport, name, &options);
            },
            static (client, node) => RclError.Forget(Librcl.rcl_client_fini(client, node)),
            $"A client of {name} cannot be created");
    }
}

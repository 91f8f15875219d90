using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>A service of rcl.</summary>
internal sealed unsafe class RclService(RclHandle node, string name, ServiceType type, QosProfile qos) : RclServiceEnd(
    name,
    Create(node, name, type, qos),
    taken: new TypedMessages(type.Request.Name),
    sent: new TypedMessages(type.Response.Name)), IMiddlewareService, IRclWaitable
{
    /// <inheritdoc/>
    public RclWaitKind Kind => RclWaitKind.Service;

    /// <inheritdoc/>
    public bool TryTakeRequest(out IncomingMessage request, out RequestId id) => TryTake(out request, out id);

    /// <inheritdoc/>
    public void Respond(RequestId id, OutgoingMessage response) => Send(response, ref id);

    /// <inheritdoc/>
    protected override int Send(byte* id, long* sequenceNumber, nint message) =>
        Librcl.rcl_send_response(Handle, id, message);

    /// <inheritdoc/>
    protected override int Take(byte* id, nint message) => Librcl.rcl_take_request(Handle, id, message);

    private static RclHandle Create(RclHandle node, string name, ServiceType type, QosProfile qos)
    {
        var typeSupport = TypeSupport.OfService(type.Name);
        return new RclHandle(
            node,
            (service, node) =>
            {
                var options = Librcl.rcl_service_get_default_options();
                options.Qos = RclQos.FromProfile(ServiceQos.WithRoomForCalls(qos));
                return Librcl.rcl_service_init(service, node, typeSupport, name, &options);
            },
            static (service, node) => RclError.Forget(Librcl.rcl_service_fini(service, node)),
            $"The service {name} cannot be created");
    }
}

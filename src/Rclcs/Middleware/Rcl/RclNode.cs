using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>A node of rcl.</summary>
internal sealed unsafe class RclNode : IMiddlewareNode
{
    private readonly RclContext _context;

    /// <summary>Creates it.</summary>
    public RclNode(RclContext context, RclHandle contextHandle, string name, string nodeNamespace)
    {
        _context = context;
        Handle = new RclHandle(
            contextHandle,
            (node, owner) =>
            {
                var options = Librcl.rcl_node_get_default_options();
                var result = Librcl.rcl_node_init(node, name, nodeNamespace, owner, &options);
                RclError.Forget(Librcl.rcl_node_options_fini(&options));
                return result;
            },
            static (node, _) => RclError.Forget(Librcl.rcl_node_fini(node)),
            $"The node {name} cannot be created");
    }

    /// <summary>Its structure.</summary>
    public RclHandle Handle { get; }

    /// <inheritdoc/>
    public IMiddlewarePublisher CreatePublisher(string topic, MessageType type, QosProfile qos) =>
        new RclPublisher(_context, Handle, topic, type, qos);

    /// <inheritdoc/>
    public IMiddlewareSubscription CreateSubscription(string topic, MessageType type, QosProfile qos) =>
        new RclSubscription(_context, Handle, topic, type, qos);

    /// <inheritdoc/>
    public IMiddlewareService CreateService(string name, ServiceType type, QosProfile qos) =>
        new RclService(Handle, name, type, qos);

    /// <inheritdoc/>
    public IMiddlewareClient CreateClient(string name, ServiceType type, QosProfile qos) =>
        new RclClient(_context, Handle, name, type, qos);

    /// <inheritdoc/>
    public void Dispose()
    {
        _context.Remove(this);
        Handle.Dispose();
    }
}

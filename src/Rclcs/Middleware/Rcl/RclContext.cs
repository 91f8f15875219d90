using System.Text;
using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>A context of rcl.</summary>
internal sealed unsafe class RclContext : IMiddlewareContext
{
    private const string DefaultEnclave = "/";

    private readonly RclHandle _handle;
    private readonly RclGraph _graph;

    /// <summary>Joins the domain.</summary>
    public RclContext(MiddlewareOptions options)
    {
        _handle = new RclHandle(
            parent: null,
            (context, _) => Initialize(context, options),
            static (context, _) =>
            {
                RclError.Forget(Librcl.rcl_shutdown(context));
                RclError.Forget(Librcl.rcl_context_fini(context));
            },
            $"Domain {options.DomainId} cannot be joined");
        _graph = new RclGraph(_handle);
    }

    /// <inheritdoc/>
    public IGraph Graph => _graph;

    /// <inheritdoc/>
    public IMiddlewareNode CreateNode(string name, string nodeNamespace)
    {
        var node = new RclNode(this, _handle, name, nodeNamespace);
        _graph.Add(node);
        return node;
    }

    /// <inheritdoc/>
    public IGuardCondition CreateGuardCondition() => new RclGuardCondition(_handle);

    /// <inheritdoc/>
    public IWaitSet CreateWaitSet() => new RclWaitSet(_handle);

    /// <summary>A node goes.</summary>
    public void Remove(RclNode node) => _graph.Remove(node);

    /// <summary>Lets the graph's thread watch this.</summary>
    public void Watch(IRclWatched watched) => _graph.Watch(watched);

    /// <summary>Ends the watch.</summary>
    public void Unwatch(IRclWatched watched) => _graph.Unwatch(watched);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Its thread first: it uses what goes next.
        _graph.Dispose();
        _handle.Dispose();
    }

    private static int Initialize(nint context, MiddlewareOptions options)
    {
        using var initOptions = new RclHandle(
            parent: null,
            static (initOptions, _) => Librcl.rcl_init_options_init(initOptions, Librcl.rcutils_get_default_allocator()),
            static (initOptions, _) => RclError.Forget(Librcl.rcl_init_options_fini(initOptions)),
            "rcl cannot be initialized");
        RclError.Check(
            Librcl.rcl_init_options_set_domain_id(initOptions.Pointer, (nuint)options.DomainId),
            $"Domain {options.DomainId} cannot be joined");

        // All else that a command line can say to ROS is understood and done by this library.
        if (options.Enclave == DefaultEnclave)
            return Librcl.rcl_init(0, null, initOptions.Pointer, context);

        fixed (byte* flag = "--ros-args\0"u8, enclaveFlag = "--enclave\0"u8, enclave = Encoding.UTF8.GetBytes(options.Enclave + '\0'))
        {
            var arguments = stackalloc byte*[] { flag, enclaveFlag, enclave };
            return Librcl.rcl_init(3, arguments, initOptions.Pointer, context);
        }
    }
}

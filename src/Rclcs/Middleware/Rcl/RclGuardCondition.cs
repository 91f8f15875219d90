using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>A guard condition of rcl.</summary>
internal sealed class RclGuardCondition : IGuardCondition, IRclWaitable
{
    /// <summary>Creates one in a context.</summary>
    public RclGuardCondition(RclHandle context) => Handle = new RclHandle(
        context,
        static (condition, context) => Librcl.rcl_guard_condition_init(
            condition, context, Librcl.rcutils_get_default_allocator()),
        static (condition, _) => RclError.Forget(Librcl.rcl_guard_condition_fini(condition)),
        "A guard condition cannot be created");

    private RclGuardCondition(RclHandle node, nint condition) => Handle = new RclHandle(node, condition);

    /// <inheritdoc/>
    public RclHandle Handle { get; }

    /// <inheritdoc/>
    public RclWaitKind Kind => RclWaitKind.GuardCondition;

    /// <summary>The one that a node has for changes of the graph.</summary>
    public static RclGuardCondition OfGraph(RclHandle node) =>
        new(node, Librcl.rcl_node_get_graph_guard_condition(node.Pointer));

    /// <inheritdoc/>
    public void Trigger()
    {
        if (!Handle.TryAddRef())
            return;

        try
        {
            RclError.Check(Librcl.rcl_trigger_guard_condition(Handle), "A guard condition cannot be triggered");
        }
        finally
        {
            Handle.DangerousRelease();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}

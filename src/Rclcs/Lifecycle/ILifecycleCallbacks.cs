namespace rclcs;

/// <summary>
/// What a managed node does at each transition; nothing, if not implemented. An exception counts as
/// <see cref="CallbackReturn.Error"/> with its message.
/// </summary>
/// <remarks>
/// <para>
/// For requests of other nodes, called on the thread that spins the node; for those of the program, on the thread that
/// calls <see cref="LifecycleNode"/>. Either way, no other callback of the node runs meanwhile.
/// </para>
/// <para>
/// Of each pair of methods one is implemented: the one that returns a task where the work takes long and the node should
/// go on spinning while it waits. From its first wait on, it and what follows run on threads of the pool, beside other
/// callbacks. Its token is canceled when the context is shut down or, for a request of another node, the node is disposed of.
/// </para>
/// </remarks>
public interface ILifecycleCallbacks
{
    /// <summary>Prepares the node: reads parameters, loads models, creates publishers and subscriptions.</summary>
    /// <param name="previous">The state that the node comes from.</param>
    CallbackReturn OnConfigure(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnConfigure"/>
    Task<CallbackReturn> OnConfigureAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnConfigure(previous));

    /// <summary>Starts the node's work.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnActivate(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnActivate"/>
    Task<CallbackReturn> OnActivateAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnActivate(previous));

    /// <summary>Stops the node's work.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnDeactivate(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnDeactivate"/>
    Task<CallbackReturn> OnDeactivateAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnDeactivate(previous));

    /// <summary>Releases what <see cref="OnConfigure"/> acquired.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnCleanup(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnCleanup"/>
    Task<CallbackReturn> OnCleanupAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnCleanup(previous));

    /// <summary>Releases everything, before the node is finalized.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnShutdown(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnShutdown"/>
    Task<CallbackReturn> OnShutdownAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnShutdown(previous));

    /// <summary>Cleans up after an error: with success the node is unconfigured again, else finalized.</summary>
    /// <param name="previous">The state that the node comes from, in which the error was.</param>
    CallbackReturn OnError(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnError"/>
    Task<CallbackReturn> OnErrorAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnError(previous));
}

/// <summary>How a callback for a transition ends.</summary>
/// <example><code>return CallbackReturn.Failure($"The model {path} is missing: set the parameter 'models'.");</code></example>
public readonly record struct CallbackReturn
{
    private readonly string? _label;
    private readonly string? _reason;

    private CallbackReturn(string label, string reason)
    {
        _label = label;
        _reason = reason;
    }

    /// <summary>The node goes on to the requested state. The same as <c>default</c>.</summary>
    public static CallbackReturn Success => default;

    /// <summary>Why the transition did not succeed, in one sentence; else empty.</summary>
    public string Reason => _reason ?? "";

    /// <summary>Whether the node goes on to the requested state.</summary>
    public bool IsSuccess => _label is null;

    /// <summary>Whether <see cref="ILifecycleCallbacks.OnError"/> follows.</summary>
    internal bool IsError => Label == LifecycleStateMachine.Error;

    /// <summary>Label of the transition that follows.</summary>
    internal string Label => _label ?? LifecycleStateMachine.Success;

    /// <summary>The node goes back to the state it came from; out of shutdown or error processing it is finalized.</summary>
    /// <param name="reason">Why, in one sentence, which the log gets.</param>
    public static CallbackReturn Failure(string reason) => new(LifecycleStateMachine.Failure, reason);

    /// <summary><see cref="ILifecycleCallbacks.OnError"/> is called.</summary>
    /// <param name="reason">Why, in one sentence, which the log gets.</param>
    public static CallbackReturn Error(string reason) => new(LifecycleStateMachine.Error, reason);
}

namespace rclcs;

/// <summary>
/// What a managed node does at each transition; nothing, if not implemented. Called by whoever asks for the transition:
/// for the services, the thread that spins the node. An exception counts as <see cref="CallbackReturn.Error"/>.
/// </summary>
/// <remarks>
/// Of each pair of methods one is implemented: the one that returns a task where the work takes long, since the node goes
/// on spinning while it waits. Its token is canceled when the context is shut down.
/// </remarks>
public interface ILifecycleCallbacks
{
    /// <summary>Gets ready: reads parameters, loads models, creates publishers and subscriptions.</summary>
    /// <param name="previous">The state that the node comes from.</param>
    CallbackReturn OnConfigure(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnConfigure"/>
    Task<CallbackReturn> OnConfigureAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnConfigure(previous));

    /// <summary>Begins to work.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnActivate(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnActivate"/>
    Task<CallbackReturn> OnActivateAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnActivate(previous));

    /// <summary>Stops working.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnDeactivate(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnDeactivate"/>
    Task<CallbackReturn> OnDeactivateAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnDeactivate(previous));

    /// <summary>Gives back what <see cref="OnConfigure"/> took.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnCleanup(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnCleanup"/>
    Task<CallbackReturn> OnCleanupAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnCleanup(previous));

    /// <summary>Gives everything back, for good.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnShutdown(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnShutdown"/>
    Task<CallbackReturn> OnShutdownAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnShutdown(previous));

    /// <summary>Tidies up after an error: with success the node is unconfigured again, else finalized.</summary>
    /// <param name="previous">The state that the node comes from, in which the error was.</param>
    CallbackReturn OnError(LifecycleState previous) => CallbackReturn.Success;

    /// <inheritdoc cref="OnError"/>
    Task<CallbackReturn> OnErrorAsync(LifecycleState previous, CancellationToken cancellationToken) =>
        Task.FromResult(OnError(previous));
}

/// <summary>How a callback for a transition ends, with the numbers of lifecycle_msgs/msg/Transition.</summary>
public enum CallbackReturn : byte
{
    /// <summary>The node goes on to the state that was asked for.</summary>
    Success = 97,

    /// <summary>The node goes back to the state it came from; out of a shutdown or error it is finalized.</summary>
    Failure = 98,

    /// <summary><see cref="ILifecycleCallbacks.OnError"/> is called.</summary>
    Error = 99,
}

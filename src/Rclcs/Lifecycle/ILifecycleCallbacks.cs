namespace rclcs;

/// <summary>
/// What a managed node does at each transition; nothing, if not implemented. Called by whoever asks for the transition:
/// for the services, the thread that spins the node. An exception counts as <see cref="CallbackReturn.Error"/>.
/// </summary>
public interface ILifecycleCallbacks
{
    /// <summary>Gets ready: reads parameters, loads models, creates publishers and subscriptions.</summary>
    /// <param name="previous">The state that the node comes from.</param>
    CallbackReturn OnConfigure(LifecycleState previous) => CallbackReturn.Success;

    /// <summary>Begins to work.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnActivate(LifecycleState previous) => CallbackReturn.Success;

    /// <summary>Stops working.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnDeactivate(LifecycleState previous) => CallbackReturn.Success;

    /// <summary>Gives back what <see cref="OnConfigure"/> took.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnCleanup(LifecycleState previous) => CallbackReturn.Success;

    /// <summary>Gives everything back, for good.</summary>
    /// <inheritdoc cref="OnConfigure"/>
    CallbackReturn OnShutdown(LifecycleState previous) => CallbackReturn.Success;

    /// <summary>Tidies up after an error: with success the node is unconfigured again, else finalized.</summary>
    /// <param name="previous">The state that the node comes from, in which the error was.</param>
    CallbackReturn OnError(LifecycleState previous) => CallbackReturn.Success;
}

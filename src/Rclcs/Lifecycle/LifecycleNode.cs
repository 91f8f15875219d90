using lifecycle_msgs.msg;
using lifecycle_msgs.srv;

namespace rclcs;

/// <summary>
/// Makes a node a managed one ("Managed nodes", design.ros2.org): others, such as <c>ros2 lifecycle</c> or a launch file,
/// see its state and request transitions.
/// </summary>
/// <remarks>
/// All members may be called from any thread. One transition is under way at a time; a request for another meanwhile is
/// refused. The services are served while the node is spun, also while an asynchronous callback waits. Where services are
/// switched off, there is the topic only, and only the program changes the state.
/// </remarks>
/// <example>
/// <code>
/// using var node = Rclcs.CreateNode("camera", context);
/// using var lifecycle = new LifecycleNode(node, new Camera());
/// if (lifecycle.Configure() == LifecycleState.Inactive)
///     lifecycle.Activate();
///
/// Rclcs.Spin(node, context);
/// </code>
/// </example>
public sealed class LifecycleNode : IDisposable
{
    private readonly Lock _stateLock = new();
    private readonly ILifecycleCallbacks _callbacks;
    private readonly NodeExecutor _executor;
    private readonly IPublisher<TransitionEvent> _events;
    private readonly List<IDisposable> _entities = [];
    private volatile bool _disposed;
    private volatile LifecycleState _state = LifecycleState.Unconfigured;

    /// <summary>Begins to manage a node, which is unconfigured.</summary>
    /// <param name="node">The node, which disposes this at the latest.</param>
    /// <param name="callbacks">What the node does.</param>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    public LifecycleNode(INode node, ILifecycleCallbacks callbacks)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(callbacks);
        Node = node;
        _callbacks = callbacks;
        _executor = NodeExecutor.Of(node, node.Context);
        node.Parameters.MayWarnOfUndeclared = false;
        _events = node.CreatePublisher<TransitionEvent>("~/transition_event");
        _entities.Add(_events);
        if (node.Context.Middleware.HasServices)
            CreateServices();
    }

    /// <summary>The managed node.</summary>
    public INode Node { get; }

    /// <summary>The state it is in.</summary>
    public LifecycleState CurrentState => _state;

    /// <summary>The transitions out of <see cref="CurrentState"/>.</summary>
    public IReadOnlyList<LifecycleTransition> AvailableTransitions => [.. LifecycleStateMachine.From(_state)];

    /// <summary>Creates a publisher whose messages go out only while the node is active.</summary>
    /// <inheritdoc cref="INode.CreatePublisher{T}"/>
    public ILifecyclePublisher<T> CreatePublisher<T>(string topic, QosProfile? qos = null)
        where T : class, Serialization.IMessage<T>, new() =>
        new LifecyclePublisher<T>(this, Node.CreatePublisher<T>(topic, qos));

    /// <summary>Prepares the node: from unconfigured to inactive.</summary>
    /// <returns>The state it is in then: the one before if it failed, for which the log says the reason.</returns>
    /// <exception cref="OperationCanceledException">The context was shut down meanwhile.</exception>
    /// <exception cref="NotInitializedException">Likewise, while the callback used it.</exception>
    public LifecycleState Configure() => ConfigureAsync().GetAwaiter().GetResult();

    /// <summary>Like <see cref="Configure"/>, for callbacks that return tasks.</summary>
    /// <param name="cancellationToken">Handed to the callback.</param>
    /// <returns>Completes with the state it is in then.</returns>
    public Task<LifecycleState> ConfigureAsync(CancellationToken cancellationToken = default) =>
        RequestAsync("configure", cancellationToken);

    /// <summary>Starts the node's work: from inactive to active.</summary>
    /// <inheritdoc cref="Configure"/>
    public LifecycleState Activate() => ActivateAsync().GetAwaiter().GetResult();

    /// <summary>Like <see cref="Activate"/>, for callbacks that return tasks.</summary>
    /// <inheritdoc cref="ConfigureAsync"/>
    public Task<LifecycleState> ActivateAsync(CancellationToken cancellationToken = default) =>
        RequestAsync("activate", cancellationToken);

    /// <summary>Stops the node's work: from active to inactive.</summary>
    /// <inheritdoc cref="Configure"/>
    public LifecycleState Deactivate() => DeactivateAsync().GetAwaiter().GetResult();

    /// <summary>Like <see cref="Deactivate"/>, for callbacks that return tasks.</summary>
    /// <inheritdoc cref="ConfigureAsync"/>
    public Task<LifecycleState> DeactivateAsync(CancellationToken cancellationToken = default) =>
        RequestAsync("deactivate", cancellationToken);

    /// <summary>Undoes <see cref="Configure"/>: from inactive to unconfigured.</summary>
    /// <inheritdoc cref="Configure"/>
    public LifecycleState Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    /// <summary>Like <see cref="Cleanup"/>, for callbacks that return tasks.</summary>
    /// <inheritdoc cref="ConfigureAsync"/>
    public Task<LifecycleState> CleanupAsync(CancellationToken cancellationToken = default) =>
        RequestAsync("cleanup", cancellationToken);

    /// <summary>Ends the node's life: from any primary state to finalized.</summary>
    /// <inheritdoc cref="Configure"/>
    public LifecycleState Shutdown() => ShutdownAsync().GetAwaiter().GetResult();

    /// <summary>Like <see cref="Shutdown"/>, for callbacks that return tasks.</summary>
    /// <inheritdoc cref="ConfigureAsync"/>
    public Task<LifecycleState> ShutdownAsync(CancellationToken cancellationToken = default) =>
        RequestAsync("shutdown", cancellationToken);

    /// <summary>Removes the services and the topic; the node is no longer managed.</summary>
    public void Dispose()
    {
        _disposed = true;
        _entities.ForEach(entity => entity.Dispose());
    }

    private static State ToMessage(LifecycleState state) =>
        new() { Id = (byte)state, Label = LifecycleStateMachine.LabelOf(state) };

    private static TransitionDescription ToMessage(LifecycleTransition transition) => new()
    {
        Transition = new Transition { Id = transition.Id, Label = transition.Label },
        StartState = ToMessage(transition.Start),
        GoalState = ToMessage(transition.Goal),
    };

    private void CreateServices()
    {
        _entities.Add(Node.CreateService<ChangeState.Request, ChangeState.Response>("~/change_state", ChangeAsync));
        _entities.Add(Node.CreateService<GetState.Request, GetState.Response>(
            "~/get_state", _ => new GetState.Response { CurrentState = ToMessage(_state) }));
        _entities.Add(Node.CreateService<GetAvailableStates.Request, GetAvailableStates.Response>(
            "~/get_available_states",
            _ => new GetAvailableStates.Response { AvailableStates = [.. LifecycleStateMachine.States.Select(ToMessage)] }));
        _entities.Add(CreateTransitionsService("~/get_available_transitions", () => AvailableTransitions));
        _entities.Add(CreateTransitionsService("~/get_transition_graph", () => LifecycleStateMachine.Transitions));
    }

    private IDisposable CreateTransitionsService(string name, Func<IReadOnlyList<LifecycleTransition>> transitions) =>
        Node.CreateService<GetAvailableTransitions.Request, GetAvailableTransitions.Response>(
            name,
            _ => new GetAvailableTransitions.Response { AvailableTransitions = [.. transitions().Select(ToMessage)] });

    private async Task<ChangeState.Response> ChangeAsync(ChangeState.Request request, CancellationToken cancellationToken) => new()
    {
        Success = await TryChangeAsync(request.Transition.Id, request.Transition.Label, cancellationToken).ConfigureAwait(false),
    };

    private async Task<LifecycleState> RequestAsync(string label, CancellationToken cancellationToken)
    {
        // While no other callback of the node runs, and canceled with the context, as it is for a request of another node.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Node.Context.ShutdownToken);
        await _executor.Call(() => TryChangeAsync(0, label, end.Token)).ConfigureAwait(false);
        return _state;
    }

    private async Task<bool> TryChangeAsync(byte id, string label, CancellationToken cancellationToken)
    {
        LifecycleTransition? requested;
        LifecycleState previous;
        lock (_stateLock)
        {
            previous = _state;
            requested = LifecycleStateMachine.FindRequested(previous, id, label);
            if (requested is { } transition)
                Go(transition);
        }

        if (requested is null)
        {
            // What others ask for may be any text.
            var named = label.Length == 0 ? $"{id}"
                : LifecycleStateMachine.Transitions.Any(known => known.Label == label) ? $"'{label}'"
                : "of an unknown name";
            Node.Logger.Warn(
                $"The transition {named} was requested, but the state '{LifecycleStateMachine.LabelOf(previous)}' has none of that kind.");
            return false;
        }

        var result = await CallAsync(previous, cancellationToken).ConfigureAwait(false);
        Follow(result);
        if (result.IsError)
            Follow(await CallAsync(previous, cancellationToken).ConfigureAwait(false));

        return result.IsSuccess;
    }

    private async Task<CallbackReturn> CallAsync(LifecycleState previous, CancellationToken cancellationToken)
    {
        var state = _state;
        try
        {
            var call = state switch
            {
                LifecycleState.Configuring => _callbacks.OnConfigureAsync(previous, cancellationToken),
                LifecycleState.Activating => _callbacks.OnActivateAsync(previous, cancellationToken),
                LifecycleState.Deactivating => _callbacks.OnDeactivateAsync(previous, cancellationToken),
                LifecycleState.CleaningUp => _callbacks.OnCleanupAsync(previous, cancellationToken),
                LifecycleState.ShuttingDown => _callbacks.OnShutdownAsync(previous, cancellationToken),
                _ => _callbacks.OnErrorAsync(previous, cancellationToken),
            };
            var result = await call.ConfigureAwait(false);
            if (!result.IsSuccess)
                LogReason(state, result.Reason);

            return result;
        }
        catch (Exception exception) when (Node.Context.IsEnd(exception) || (_disposed && exception is OperationCanceledException))
        {
            // The program ends, or the node is managed no more: that is no error, and the state does not change any more.
            throw;
        }
        catch (Exception exception)
        {
            LogReason(state, exception.Message);
            return CallbackReturn.Error(exception.Message);
        }
    }

    private void LogReason(LifecycleState state, string reason) =>
        Node.Logger.Error($"While {LifecycleStateMachine.LabelOf(state)}: {reason}");

    private void Follow(CallbackReturn result)
    {
        var isConfigured = _state == LifecycleState.Configuring && result.IsSuccess;
        lock (_stateLock)
            Go(LifecycleStateMachine.Follow(_state, result));
        if (!isConfigured)
            return;

        // Not before: a managed node may declare its parameters while it is configured.
        Node.Parameters.MayWarnOfUndeclared = true;
        Node.Parameters.WarnOfUndeclared(Node.Logger);
    }

    private void Go(LifecycleTransition transition)
    {
        _state = transition.Goal;
        var description = ToMessage(transition);
        try
        {
            _events.Publish(new TransitionEvent
            {
                Timestamp = (ulong)SystemTime.NowNanoseconds(),
                Transition = description.Transition,
                StartState = description.StartState,
                GoalState = description.GoalState,
            });
        }
        catch (ObjectDisposedException)
        {
            // The node ended during the transition.
        }
    }
}

using System.Runtime.ExceptionServices;
using rclcs.Middleware;

namespace rclcs;

/// <summary>
/// What an executor serves of one node: its subscriptions, services, clients and timers. Each node has an executor of its
/// own, which serves it as long as no other does.
/// </summary>
internal sealed class NodeExecutor : IDisposable
{
    private readonly Node _node;
    private readonly Lock _entitiesLock = new();

    // Held by the thread that calls a callback of the node: a thread that waits for the callback takes it, and a callback
    // that disposes its own node has it already.
    private readonly object _callbackLock = new();
    private readonly List<IExecutable> _executables = [];
    private readonly Executor _own;
    private volatile Executor _executor;
    private volatile ClockTimer[] _timers = [];
    private ExceptionDispatchInfo? _failure;
    private volatile bool _stopped;

    /// <summary>Creates it, with nothing to serve.</summary>
    public NodeExecutor(Node node)
    {
        _node = node;
        _own = _executor = new Executor(node.Context);
        _own.Attach(this);
    }

    /// <summary>The node's complete name.</summary>
    public string Name => _node.FullyQualifiedName;

    /// <summary>Its timers.</summary>
    public ClockTimer[] Timers => _timers;

    /// <summary>Finds that of a node.</summary>
    /// <exception cref="RuntimeError">The node is not one of this context.</exception>
    public static NodeExecutor Of(INode node, Context context) => node is Node ours && ours.Context == context
        ? ours.Executor
        : throw new RuntimeError($"The node {node.FullyQualifiedName} is not one of this context.");

    /// <summary>The node's own executor, to spin the node alone.</summary>
    /// <exception cref="RuntimeError">Another executor serves the node.</exception>
    /// <exception cref="ObjectDisposedException">The node is disposed, and not by its context.</exception>
    public Executor GetOwn()
    {
        lock (_entitiesLock)
        {
            ObjectDisposedException.ThrowIf(_stopped && _node.Context.IsOk, _node);
            return _executor == _own
                ? _own
                : throw new RuntimeError($"The node {Name} was added to an executor: spin that, or remove the node from it.");
        }
    }

    /// <summary>Lets this executor serve the node.</summary>
    /// <exception cref="RuntimeError">Another does.</exception>
    /// <exception cref="ObjectDisposedException">The node is disposed.</exception>
    public void MoveTo(Executor executor)
    {
        lock (_entitiesLock)
        {
            ObjectDisposedException.ThrowIf(_stopped, _node);
            if (_executor != _own)
                throw new RuntimeError($"The node {Name} was added to an executor already.");

            Serve(executor);
        }
    }

    /// <summary>Gives the node back to its own executor, and waits for its callback that is running on another thread.</summary>
    /// <returns>Whether this executor served it.</returns>
    public bool MoveFrom(Executor executor)
    {
        lock (_entitiesLock)
        {
            if (_executor != executor)
                return false;

            Serve(_own);
        }

        WaitForCallback();
        return true;
    }

    /// <summary>Serves this subscription, service or client too.</summary>
    public void Add(IExecutable executable)
    {
        lock (_entitiesLock)
        {
            ObjectDisposedException.ThrowIf(_stopped, _node);
            _executables.Add(executable);
            _executor.Attach(this, executable);
        }
    }

    /// <summary>Serves it no more.</summary>
    public void Remove(IExecutable executable)
    {
        lock (_entitiesLock)
        {
            if (_executables.Remove(executable))
                _executor.Detach(executable);
        }
    }

    /// <summary>Serves this timer too.</summary>
    public void Add(ClockTimer timer)
    {
        lock (_entitiesLock)
            _timers = [.. _timers, timer];

        Wake();
    }

    /// <summary>Serves this timer no more.</summary>
    public void Remove(ClockTimer timer)
    {
        lock (_entitiesLock)
            _timers = [.. _timers.Where(other => other != timer)];
    }

    /// <summary>Ends the wait, so that changes are seen.</summary>
    public void Wake()
    {
        lock (_entitiesLock)
            _executor.Wake();
    }

    /// <summary>Lets an exception of a callback that went on elsewhere come out of spinning.</summary>
    public void Fail(Exception exception)
    {
        if (_node.Context.IsEnd(exception))
            return;

        // Of two that meet, the first comes out.
        if (Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null) is not null)
            _node.Logger.Error(exception.ToString());
        Wake();
    }

    /// <summary>Throws what <see cref="Fail"/> was given, once.</summary>
    public void ThrowFailure() => Interlocked.Exchange(ref _failure, null)?.Throw();

    /// <summary>Calls the callback for one thing that has come, on the thread that spins this executor, while that serves the node.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryExecute(Executor executor, IExecutable executable)
    {
        lock (_callbackLock)
            return !_stopped && _executor == executor && executable.TryExecute();
    }

    /// <summary>Calls a function on this thread while no callback of the node runs on another.</summary>
    public T Call<T>(Func<T> function)
    {
        lock (_callbackLock)
            return function();
    }

    /// <summary>Calls the callback if it is time, on the thread that spins this executor, while that serves the node.</summary>
    /// <returns>Whether it was.</returns>
    public bool TryExecute(Executor executor, ClockTimer timer)
    {
        lock (_callbackLock)
            return !_stopped && _executor == executor && timer.TryExecute();
    }

    /// <summary>Says once which given parameters do not exist.</summary>
    public void WarnOfUndeclaredParameters() => _node.Parameters.WarnOfUndeclared(_node.Logger);

    /// <summary>Whether this thread is in a callback of the node.</summary>
    public bool IsInCallback => Monitor.IsEntered(_callbackLock);

    /// <summary>No callback begins any more; waits for one that is running on another thread, and ends the node's own spinning.</summary>
    public void Dispose()
    {
        lock (_entitiesLock)
        {
            _stopped = true;
            Leave();
            _executables.Clear();
        }

        _own.Dispose(waits: !IsInCallback);
        WaitForCallback();
    }

    private void WaitForCallback()
    {
        lock (_callbackLock)
        {
            // The callback that held it has finished.
        }
    }

    private void Serve(Executor executor)
    {
        Leave();
        _executor = executor;
        foreach (var executable in _executables)
            executor.Attach(this, executable);

        executor.Attach(this);
    }

    private void Leave()
    {
        foreach (var executable in _executables)
            _executor.Detach(executable);

        _executor.Detach(this);
    }
}

/// <summary>Something that an executor serves: it waits for <see cref="Waitable"/>, then executes.</summary>
internal interface IExecutable
{
    /// <summary>What to wait for.</summary>
    IWaitable Waitable { get; }

    /// <summary>Takes one thing that has come and calls the callback with it.</summary>
    /// <returns>Whether there was one.</returns>
    bool TryExecute();
}

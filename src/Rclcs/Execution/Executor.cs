using System.Diagnostics;
using rclcs.Middleware;

namespace rclcs;

/// <summary>
/// Lets several nodes of a context work on one thread: waits for all their subscriptions, services, clients and timers on
/// one wait set, and calls their callbacks one after the other. For one node there is <see cref="Rclcs.Spin(INode, Context)"/>.
/// </summary>
/// <remarks>
/// All members may be called from any thread, and nodes may come and go while it spins; one thread at a time may spin.
/// The context disposes it at the latest.
/// </remarks>
/// <example>
/// <code>
/// using var executor = new Executor(context);
/// executor.Add(camera);
/// executor.Add(listener);
/// executor.Spin();
/// </code>
/// </example>
public sealed class Executor : IDisposable
{
    // So many messages of one subscription or service before the others have their turn.
    private const int MaxBatch = 16;

    private readonly Context _context;
    private readonly IWaitSet _waitSet;
    private readonly IGuardCondition _wakeUp;
    private readonly Lock _entitiesLock = new();
    private readonly Dictionary<IWaitable, (NodeExecutor Node, IExecutable Executable)> _executables = [];
    private readonly object _spinLock = new();
    private readonly List<IWaitable> _ready = [];
    private volatile NodeExecutor[] _nodes = [];
    private volatile bool _stopping;
    private Thread? _spinner;
    private bool _disposed;

    // The thread that spins still has its wait set when this is disposed of, and frees it.
    private bool _isFreedByEnd;

    /// <summary>Creates one without nodes.</summary>
    /// <param name="context">The nodes' context.</param>
    /// <exception cref="NotInitializedException">The context is not initialized, or is shut down.</exception>
    public Executor(Context context)
    {
        _context = context;
        var middleware = context.Middleware;
        _waitSet = middleware.CreateWaitSet();
        _wakeUp = middleware.CreateGuardCondition();
        _waitSet.Attach(_wakeUp);
        context.Add(this);
    }

    private bool IsRunning => !_stopping && _context.IsOk;

    /// <summary>Serves this node too from now on. A disposed node leaves by itself.</summary>
    /// <param name="node">A node that no other executor serves, and that is not spun by itself.</param>
    /// <exception cref="RuntimeError">It is of another context, or another executor serves it.</exception>
    public void Add(INode node)
    {
        var added = NodeExecutor.Of(node, _context);
        added.MoveTo(this);
        bool isSpinning;
        lock (_spinLock)
            isSpinning = _spinner is not null;

        if (isSpinning)
            added.WarnOfUndeclaredParameters();
    }

    /// <summary>Serves this node no more, and waits for its callback that is running on another thread.</summary>
    /// <param name="node">A node that was added.</param>
    /// <exception cref="RuntimeError">It was not.</exception>
    public void Remove(INode node)
    {
        if (!NodeExecutor.Of(node, _context).MoveFrom(this))
            throw new RuntimeError($"The node {node.FullyQualifiedName} was not added to this executor.");
    }

    /// <summary>
    /// Calls the nodes' callbacks, on this thread, until the token is canceled, the context is shut down or this executor
    /// is disposed. An exception of a callback comes out of here.
    /// </summary>
    /// <param name="cancellationToken">Ends spinning; no exception is thrown for it.</param>
    /// <exception cref="RuntimeError">Another thread spins.</exception>
    public void Spin(CancellationToken cancellationToken = default)
    {
        using var spinning = Begin();
        SpinBegun(cancellationToken);
    }

    /// <summary>Like <see cref="Spin"/>, on a thread of its own.</summary>
    /// <param name="cancellationToken">Ends spinning; the task then completes, it is not canceled.</param>
    /// <returns>Completes when spinning has ended; holds the exception of a callback.</returns>
    public Task SpinAsync(CancellationToken cancellationToken = default)
    {
        var wasDisposed = _stopping;
        return Task.Factory.StartNew(
            () =>
            {
                // A disposal before the thread begins ends spinning like one after.
                if (TryBegin(isRefused: wasDisposed) is not { } begun)
                    return;

                using (begun)
                    SpinBegun(cancellationToken);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits until something is to do, and calls the callbacks that are due: at most one message each.</summary>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <returns>Whether a callback was called.</returns>
    /// <exception cref="RuntimeError">Another thread spins.</exception>
    public bool SpinOnce(TimeSpan timeout)
    {
        using var spinning = Begin();
        var start = Stopwatch.GetTimestamp();
        while (IsRunning)
        {
            var left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - Stopwatch.GetElapsedTime(start);
            var isLast = timeout != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero;
            if (WaitAndExecute(isLast ? TimeSpan.Zero : left, maxBatch: 1, CancellationToken.None))
                return true;

            if (isLast)
                break;
        }

        return false;
    }

    /// <summary>
    /// Ends the spinning, and waits for it unless it is this thread's or this thread is in a callback of a node, for whose end the
    /// spinning one may wait. The nodes stay, and can be spun by others.
    /// </summary>
    public void Dispose() => Dispose(waits: !_nodes.Any(node => node.IsInCallback));

    /// <summary>Ends the spinning.</summary>
    /// <param name="waits">Whether this waits until it has ended, unless it is this thread's.</param>
    internal void Dispose(bool waits)
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;

        _stopping = true;
        Wake();
        bool isSpun;
        lock (_spinLock)
        {
            while (waits && _spinner is not null && _spinner != Thread.CurrentThread)
                Monitor.Wait(_spinLock);

            isSpun = _isFreedByEnd = _spinner is not null && _spinner != Thread.CurrentThread;
        }

        foreach (var node in _nodes)
            node.MoveFrom(this);

        if (!isSpun)
            Free();

        _context.Remove(this);
    }

    /// <summary>Ends the wait, so that changes are seen.</summary>
    internal void Wake() => _wakeUp.Trigger();

    /// <summary>Serves the timers of this node from now on.</summary>
    internal void Attach(NodeExecutor node)
    {
        lock (_entitiesLock)
            _nodes = [.. _nodes, node];

        Wake();
    }

    /// <summary>Stops serving the timers of this node.</summary>
    internal void Detach(NodeExecutor node)
    {
        lock (_entitiesLock)
            _nodes = [.. _nodes.Where(other => other != node)];
    }

    /// <summary>Waits for this subscription, service or client too.</summary>
    internal void Attach(NodeExecutor node, IExecutable executable)
    {
        lock (_entitiesLock)
            _executables.Add(executable.Waitable, (node, executable));

        _waitSet.Attach(executable.Waitable);
    }

    /// <summary>Waits for it no more. Does nothing if it was not attached.</summary>
    internal void Detach(IExecutable executable)
    {
        _waitSet.Detach(executable.Waitable);
        lock (_entitiesLock)
            _executables.Remove(executable.Waitable);
    }

    private void SpinBegun(CancellationToken cancellationToken)
    {
        using var canceled = cancellationToken.UnsafeRegister(static state => ((Executor)state!).Wake(), this);
        while (IsRunning && !cancellationToken.IsCancellationRequested)
            WaitAndExecute(Timeout.InfiniteTimeSpan, MaxBatch, cancellationToken);
    }

    private Spinning Begin() => TryBegin(isRefused: true)!.Value;

    /// <summary>Begins to spin on this thread; null where this is disposed and that is not refused with an exception.</summary>
    private Spinning? TryBegin(bool isRefused)
    {
        lock (_spinLock)
        {
            if (_stopping && _context.IsOk)
                return isRefused ? throw new ObjectDisposedException(GetType().FullName) : null;

            if (_spinner is not null)
                throw new RuntimeError($"A thread spins {string.Join(", ", _nodes.Select(node => node.Name))} already.");

            _spinner = Thread.CurrentThread;
        }

        foreach (var node in _nodes)
            node.WarnOfUndeclaredParameters();

        return new Spinning(
            this, _context.EndToken.UnsafeRegister(static state => ((Executor)state!).Wake(), this));
    }

    private void End()
    {
        bool isFreed;
        lock (_spinLock)
        {
            _spinner = null;
            isFreed = _isFreedByEnd;
            Monitor.PulseAll(_spinLock);
        }

        if (isFreed)
            Free();
    }

    private void Free()
    {
        _waitSet.Dispose();
        _wakeUp.Dispose();
    }

    private bool WaitAndExecute(TimeSpan timeout, int maxBatch, CancellationToken cancellationToken)
    {
        _waitSet.Wait(Shorten(timeout), _ready);
        var executed = ExecuteTimers(cancellationToken);
        foreach (var waitable in _ready)
        {
            (NodeExecutor Node, IExecutable Executable) found;
            lock (_entitiesLock)
            {
                if (!_executables.TryGetValue(waitable, out found))
                    continue;
            }

            for (var i = 0; i < maxBatch; i++)
            {
                if (!IsRunning || cancellationToken.IsCancellationRequested || !found.Node.TryExecute(this, found.Executable))
                    break;

                executed = true;
            }
        }

        return executed;
    }

    private bool ExecuteTimers(CancellationToken cancellationToken)
    {
        var executed = false;
        foreach (var node in _nodes)
        {
            node.ThrowFailure();
            foreach (var timer in node.Timers)
            {
                if (!IsRunning || cancellationToken.IsCancellationRequested)
                    return executed;

                executed |= node.TryExecute(this, timer);
            }
        }

        return executed;
    }

    private TimeSpan Shorten(TimeSpan timeout)
    {
        foreach (var node in _nodes)
        {
            foreach (var timer in node.Timers)
            {
                var left = timer.TimeUntilDue();
                if (left != Timeout.InfiniteTimeSpan && (timeout == Timeout.InfiniteTimeSpan || left < timeout))
                    timeout = left;
            }
        }

        return timeout;
    }

    private readonly struct Spinning(Executor executor, CancellationTokenRegistration shutdown) : IDisposable
    {
        public void Dispose()
        {
            shutdown.Dispose();
            executor.End();
        }
    }
}

using System.Diagnostics;
using rclcs.Middleware;

namespace rclcs;

/// <summary>
/// Waits for a node's subscriptions, services, clients and timers on the middleware's wait set, and calls their callbacks on the thread
/// that spins, one after the other.
/// </summary>
internal sealed class NodeExecutor : IDisposable
{
    // So many messages of one subscription or service before the others have their turn.
    private const int MaxBatch = 16;

    private readonly Node _node;
    private readonly IWaitSet _waitSet;
    private readonly IGuardCondition _wakeUp;
    private readonly Lock _entitiesLock = new();
    private readonly Dictionary<IWaitable, IExecutable> _executables = [];
    private readonly object _spinLock = new();
    private readonly List<IWaitable> _ready = [];
    private volatile WallTimer[] _timers = [];
    private volatile bool _stopping;
    private Thread? _spinner;

    /// <summary>Creates it.</summary>
    public NodeExecutor(Node node)
    {
        _node = node;
        var middleware = node.Context.Middleware;
        _waitSet = middleware.CreateWaitSet();
        _wakeUp = middleware.CreateGuardCondition();
        _waitSet.Attach(_wakeUp);
    }

    private bool IsRunning => !_stopping && _node.Context.IsOk;

    /// <summary>See <see cref="Rclcs.Spin(INode, Context, CancellationToken)"/>.</summary>
    public void Spin(CancellationToken cancellationToken)
    {
        using var spinning = Begin();
        using var canceled = cancellationToken.UnsafeRegister(static state => ((NodeExecutor)state!).Wake(), this);
        while (IsRunning && !cancellationToken.IsCancellationRequested)
            WaitAndExecute(Timeout.InfiniteTimeSpan, MaxBatch, cancellationToken);
    }

    /// <summary>See <see cref="Rclcs.SpinOnce"/>.</summary>
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

    /// <summary>Ends the wait, so that changes are seen.</summary>
    public void Wake() => _wakeUp.Trigger();

    /// <summary>Serves this subscription, service or client too.</summary>
    public void Add(IExecutable executable)
    {
        lock (_entitiesLock)
            _executables.Add(executable.Waitable, executable);

        _waitSet.Attach(executable.Waitable);
    }

    /// <summary>Serves it no more.</summary>
    public void Remove(IExecutable executable)
    {
        _waitSet.Detach(executable.Waitable);
        lock (_entitiesLock)
            _executables.Remove(executable.Waitable);
    }

    /// <summary>Serves this timer too.</summary>
    public void Add(WallTimer timer)
    {
        lock (_entitiesLock)
            _timers = [.. _timers, timer];

        Wake();
    }

    /// <summary>Serves this timer no more.</summary>
    public void Remove(WallTimer timer)
    {
        lock (_entitiesLock)
            _timers = [.. _timers.Where(other => other != timer)];
    }

    /// <summary>Ends the spinning, and waits for it unless it is this thread's.</summary>
    public void Stop()
    {
        _stopping = true;
        Wake();
        lock (_spinLock)
        {
            while (_spinner is not null && _spinner != Thread.CurrentThread)
                Monitor.Wait(_spinLock);
        }
    }

    /// <summary>Frees the wait set, after <see cref="Stop"/>.</summary>
    public void Dispose()
    {
        _waitSet.Dispose();
        _wakeUp.Dispose();
    }

    private Spinning Begin()
    {
        lock (_spinLock)
        {
            ObjectDisposedException.ThrowIf(_stopping && _node.Context.IsOk, _node);
            if (_spinner is not null)
                throw new RuntimeError($"The node {_node.FullyQualifiedName} is spun by a thread already.");

            _spinner = Thread.CurrentThread;
        }

        _node.WarnOfUndeclaredParameters();
        var shutdown = _node.Context.ShutdownToken.UnsafeRegister(static state => ((NodeExecutor)state!).Wake(), this);
        return new Spinning(this, shutdown);
    }

    private void End()
    {
        lock (_spinLock)
        {
            _spinner = null;
            Monitor.PulseAll(_spinLock);
        }
    }

    private bool WaitAndExecute(TimeSpan timeout, int maxBatch, CancellationToken cancellationToken)
    {
        _waitSet.Wait(Shorten(timeout), _ready);
        var executed = ExecuteTimers(cancellationToken);
        foreach (var waitable in _ready)
        {
            IExecutable? executable;
            lock (_entitiesLock)
                _executables.TryGetValue(waitable, out executable);

            for (var i = 0; i < maxBatch && executable is not null; i++)
            {
                if (!IsRunning || cancellationToken.IsCancellationRequested || !executable.TryExecute())
                    break;

                executed = true;
            }
        }

        return executed;
    }

    private bool ExecuteTimers(CancellationToken cancellationToken)
    {
        var executed = false;
        foreach (var timer in _timers)
        {
            if (!IsRunning || cancellationToken.IsCancellationRequested)
                break;

            executed |= timer.TryExecute(Stopwatch.GetTimestamp());
        }

        return executed;
    }

    private TimeSpan Shorten(TimeSpan timeout)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var timer in _timers)
        {
            var left = timer.TimeUntilDue(now);
            if (left != Timeout.InfiniteTimeSpan && (timeout == Timeout.InfiniteTimeSpan || left < timeout))
                timeout = left;
        }

        return timeout;
    }

    private readonly struct Spinning(NodeExecutor executor, CancellationTokenRegistration shutdown) : IDisposable
    {
        public void Dispose()
        {
            shutdown.Dispose();
            executor.End();
        }
    }
}

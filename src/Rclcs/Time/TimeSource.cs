using rclcs.Middleware;

namespace rclcs;

/// <summary>Lets a node's clock follow <c>/clock</c> while the node's parameter <c>use_sim_time</c> is true.</summary>
internal sealed class TimeSource : IDisposable
{
    private const string ParameterName = "use_sim_time";

    private readonly Lock _applyLock = new();
    private readonly Node _node;
    private ClockSubscription? _subscription;
    private long _last;
    private bool _disposed;

    /// <summary>Declares the parameter and does what it says.</summary>
    /// <param name="node">Its clock is of ROS time.</param>
    /// <exception cref="ParameterException">The value from outside is no bool.</exception>
    public TimeSource(Node node)
    {
        _node = node;
        node.Parameters.Declare(
            ParameterName, false, new ParameterDescriptor { Description = "Whether the time comes from the topic /clock" });
        Apply();
        node.Parameters.AfterSet = OnParametersSet;
    }

    /// <summary>Ends it; the clock returns to system time.</summary>
    public void Dispose()
    {
        _node.Parameters.AfterSet = null;
        OffClockThread(() =>
        {
            lock (_applyLock)
            {
                _disposed = true;
#pragma warning disable CA1031 // A jump callback may throw anything; the node's other parts are to be disposed of, too.
                try
                {
                    Stop();
                }
                catch (Exception exception)
                {
                    _node.Logger.Error(exception.ToString());
                }
#pragma warning restore CA1031
            }
        });
    }

    private void OnParametersSet(IReadOnlyList<Parameter> parameters)
    {
        if (parameters.Any(parameter => parameter.Name == ParameterName))
            Apply();
    }

    private void Apply() => OffClockThread(() =>
    {
        lock (_applyLock)
        {
            if (_disposed)
                return;

            if (!_node.Parameters.Get<bool>(ParameterName))
            {
                Stop();
            }
            else if (_subscription is null)
            {
                try
                {
                    // Zero, or what /clock said when it was the source before.
                    _node.Clock.SetRosTime(_last);
                }
                finally
                {
                    // Also where a jump callback throws: the time goes on.
                    _subscription = new ClockSubscription(_node, SetTime);
                }
            }
        }
    });

    /// <summary>Runs it here; but on the thread that receives the time it must not be, for it waits for that thread's end.</summary>
    private void OffClockThread(Action action)
    {
        if (!ClockSubscription.IsReceiving)
        {
            action();
            return;
        }

        ThreadPool.QueueUserWorkItem(_ =>
        {
#pragma warning disable CA1031 // A callback may throw anything; it comes out of spinning.
            try
            {
                action();
            }
            catch (Exception exception)
            {
                _node.Executor.Fail(exception);
            }
#pragma warning restore CA1031
        });
    }

    private void Stop()
    {
        _subscription?.Dispose();
        _subscription = null;
        _node.Clock.ClearRosTime();
    }

    private void SetTime(long nanoseconds)
    {
        _last = nanoseconds;
        _node.Clock.SetRosTime(nanoseconds);
    }
}

/// <summary>
/// Receives <c>/clock</c> on a thread of its own, so that time goes on while the node's callbacks run, and while nobody
/// spins the node.
/// </summary>
internal sealed class ClockSubscription : IDisposable
{
    private static readonly QosProfile Qos =
        QosProfile.Default with { Depth = 1, Reliability = ReliabilityPolicy.BestEffort };

    [ThreadStatic]
    private static bool _isReceiving;

    private readonly Node _node;
    private readonly LendingSubscription<rosgraph_msgs.msg.Clock> _subscription;
    private readonly IWaitSet _waitSet;
    private readonly IGuardCondition _stop;
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <summary>Starts to receive.</summary>
    /// <param name="node">Whose subscription it is.</param>
    /// <param name="callback">Called with each time, in nanoseconds.</param>
    public ClockSubscription(Node node, Action<long> callback)
    {
        _node = node;
        var middleware = node.Context.Middleware;
        _subscription = new LendingSubscription<rosgraph_msgs.msg.Clock>(
            node, node.ResolveTopicName("/clock"), message => callback(message.Clock_.ToNanoseconds()), Qos);
        _stop = middleware.CreateGuardCondition();
        _waitSet = middleware.CreateWaitSet();
        _waitSet.Attach(_stop);
        _waitSet.Attach(_subscription.Waitable);
        _thread = new Thread(Receive) { IsBackground = true, Name = $"rclcs clock {node.Name}" };
        _thread.Start();
    }

    /// <summary>Whether this is a thread that receives the time.</summary>
    public static bool IsReceiving => _isReceiving;

    /// <summary>Ends it, after the callback that is running; not to be called by that.</summary>
    public void Dispose()
    {
        _stopping = true;
        _stop.Trigger();
        _thread.Join();
    }

    private void Receive()
    {
        _isReceiving = true;
        var ready = new List<IWaitable>();
        while (!_stopping)
        {
            _waitSet.Wait(Timeout.InfiniteTimeSpan, ready);
            while (!_stopping && TryExecute())
            {
                // The callback has done it.
            }
        }

        _waitSet.Dispose();
        _stop.Dispose();
        _subscription.Dispose();
    }

    private bool TryExecute()
    {
#pragma warning disable CA1031 // A jump callback may throw anything; it comes out of spinning.
        try
        {
            return _subscription.TryExecute();
        }
        catch (Exception exception)
        {
            _node.Executor.Fail(exception);
            return true;
        }
#pragma warning restore CA1031
    }
}

using rclcs.Middleware;

namespace rclcs;

/// <summary>
/// Receives <c>/clock</c> on a thread of its own, so that time goes on while the node's callbacks run, and while nobody
/// spins the node.
/// </summary>
internal sealed class ClockSubscription : IDisposable
{
    private static readonly QosProfile Qos =
        QosProfile.Default with { Depth = 1, Reliability = ReliabilityPolicy.BestEffort };

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
        _subscription = new LendingSubscription<rosgraph_msgs.msg.Clock>(
            node, node.ResolveTopic("/clock"), message => callback(message.Clock_.ToNanoseconds()), Qos);
        _stop = node.Context.Middleware.CreateGuardCondition();
        _waitSet = node.Context.Middleware.CreateWaitSet();
        _waitSet.Attach(_stop);
        _waitSet.Attach(_subscription.Waitable);
        _thread = new Thread(Receive) { IsBackground = true, Name = $"rclcs clock {node.Name}" };
        _thread.Start();
    }

    /// <summary>Ends it, after the callback that is running, unless that is what disposes.</summary>
    public void Dispose()
    {
        _stopping = true;
        _stop.Trigger();
        if (_thread != Thread.CurrentThread)
            _thread.Join();
    }

    private void Receive()
    {
        var ready = new List<IWaitable>();
        while (!_stopping)
        {
            _waitSet.Wait(Timeout.InfiniteTimeSpan, ready);
            while (!_stopping && _subscription.TryExecute())
            {
                // The callback has done it.
            }
        }

        _waitSet.Dispose();
        _stop.Dispose();
        _subscription.Dispose();
    }
}

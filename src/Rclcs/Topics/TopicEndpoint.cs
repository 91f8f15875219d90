using rclcs.Middleware;

namespace rclcs;

/// <summary>What publishers and subscriptions have in common. All members may be called from any thread.</summary>
public interface ITopicEndpoint : IDisposable
{
    /// <summary>Complete name, after remapping.</summary>
    string TopicName { get; }

    /// <summary>How messages are kept and delivered.</summary>
    QosProfile Qos { get; }

    /// <summary>
    /// An endpoint of the other kind offers or requests a quality of service that is incompatible with
    /// <see cref="Qos"/>, so no messages pass. Gets the policy. The log warns in any case.
    /// </summary>
    /// <remarks>
    /// Raised on a thread of the pool, without spinning. A handler that is added late is called once for each policy that has
    /// been reported so far.
    /// </remarks>
    event Action<QosPolicyKind>? IncompatibleQos;

    /// <summary>Another number of endpoints of the other kind is connected now. Gets the number.</summary>
    /// <remarks>
    /// Raised on a thread of the pool, without spinning: two changes in quick succession may come in the other order.
    /// </remarks>
    event Action<int>? Matched;
}

/// <inheritdoc cref="ITopicEndpoint"/>
internal abstract class TopicEndpoint : ITopicEndpoint
{
    private readonly Lock _handlersLock = new();
    private readonly HashSet<QosPolicyKind> _policies = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly IMiddlewareEndpoint _middleware;
    private Action<QosPolicyKind>? _incompatibleQos;
    private Action<int>? _matched;

    /// <summary>Creates it.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="topicName">Complete name, after remapping.</param>
    /// <param name="qos">How messages are kept and delivered.</param>
    /// <param name="middleware">The middleware's part, which is disposed with this.</param>
    protected TopicEndpoint(Node node, string topicName, QosProfile qos, IMiddlewareEndpoint middleware)
    {
        Node = node;
        TopicName = topicName;
        Qos = qos;
        _middleware = middleware;
        _middleware.IncompatibleQos += OnIncompatibleQos;
        _middleware.MatchedCountChanged += OnMatched;
    }

    /// <inheritdoc/>
    public event Action<QosPolicyKind>? IncompatibleQos
    {
        add
        {
            QosPolicyKind[] reported;
            lock (_handlersLock)
            {
                _incompatibleQos += value;
                reported = [.. _policies];
            }

            if (value is not null && reported.Length > 0)
                ThreadPool.QueueUserWorkItem(_ => Array.ForEach(reported, policy => Call(value, policy)));
        }

        remove
        {
            lock (_handlersLock)
                _incompatibleQos -= value;
        }
    }

    /// <inheritdoc/>
    public event Action<int>? Matched
    {
        add
        {
            lock (_handlersLock)
                _matched += value;
        }

        remove
        {
            lock (_handlersLock)
                _matched -= value;
        }
    }

    /// <inheritdoc/>
    public string TopicName { get; }

    /// <inheritdoc/>
    public QosProfile Qos { get; }

    /// <summary>How many endpoints of the other kind are connected now.</summary>
    protected int MatchedCount => _middleware.MatchedCount;

    /// <summary>Whose it is.</summary>
    protected Node Node { get; }

    /// <summary>Whether it is disposed.</summary>
    protected bool IsDisposed => _disposed.IsCancellationRequested;

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _disposed.Cancel();
        Node.Remove(this);
        _middleware.Dispose();
    }

    /// <summary>See <see cref="IMiddlewareEndpoint.WaitForMatched"/>; a shutdown of the context ends it, too.</summary>
    protected bool WaitForMatched(int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Node.Context.ShutdownToken);
        return _middleware.WaitForMatched(count, timeout, end.Token);
    }

    /// <summary>Completes when so many are connected; canceled by the token, by Dispose, or when the context is shut down.</summary>
    protected async Task WaitForMatchedAsync(int count, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token, Node.Context.ShutdownToken);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _middleware.MatchedCountChanged += Look;
        try
        {
            Look(MatchedCount);
            await reached.Task.WaitAsync(end.Token).ConfigureAwait(false);
        }
        finally
        {
            _middleware.MatchedCountChanged -= Look;
        }

        // The number that comes with the event may be an older one.
        void Look(int _)
        {
            if (MatchedCount >= count)
                reached.TrySetResult();
        }
    }

    /// <summary>The sentence for the log about an incompatible quality of service.</summary>
    protected abstract string Describe(QosPolicyKind policy);

    private void OnIncompatibleQos(QosPolicyKind policy)
    {
        Action<QosPolicyKind>? handlers;
        lock (_handlersLock)
        {
            _policies.Add(policy);
            handlers = _incompatibleQos;
        }

        Node.Logger.Warn(Describe(policy));
        Call(handlers, policy);
    }

    private void OnMatched(int count)
    {
        Action<int>? handlers;
        lock (_handlersLock)
            handlers = _matched;

        Call(handlers, count);
    }

    /// <summary>Calls handlers on a thread of the pool: none after Dispose, and what they throw comes out of spinning.</summary>
    private void Call<T>(Action<T>? handlers, T value)
    {
        if (handlers is null || IsDisposed)
            return;

        try
        {
            handlers(value);
        }
        catch (ObjectDisposedException) when (IsDisposed)
        {
            // It was disposed of while the handler ran.
        }
#pragma warning disable CA1031 // Nobody awaits this: the exception comes out of spinning, as that of any callback.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Node.Executor.Fail(exception);
        }
    }
}

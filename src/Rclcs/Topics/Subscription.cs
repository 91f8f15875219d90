using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>
/// A subscription of any type. It receives while its node spins. All members may be called from any thread.
/// </summary>
/// <remarks>After Dispose no callback begins any more; one that is running goes on.</remarks>
public interface ISubscription : ITopicEndpoint
{
    /// <summary>How many publishers are connected now.</summary>
    int PublisherCount { get; }

    /// <summary>Waits until at least so many publishers are connected. Needs no spinning.</summary>
    /// <param name="count">How many.</param>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there are so many.</returns>
    bool WaitForPublishers(int count, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Waits until at least so many publishers are connected. Needs no spinning, and no thread.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when there are so many; canceled by the token, or when the subscription is disposed.</returns>
    Task WaitForPublishersAsync(int count, CancellationToken cancellationToken = default);
}

/// <summary>Receives messages of a topic while its node spins. All members may be called from any thread.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface ISubscription<T> : ISubscription;

/// <summary>A subscription without its message type, as an executor serves it.</summary>
internal abstract class SubscriptionBase : TopicEndpoint, ISubscription, IExecutable
{
    private static readonly TimeSpan WarningPeriod = TimeSpan.FromSeconds(5);

    private readonly IMiddlewareSubscription _middleware;

    /// <summary>Creates it.</summary>
    protected SubscriptionBase(Node node, string topicName, MessageType type, QosProfile qos)
        : this(node, topicName, qos, node.Middleware.CreateSubscription(topicName, type, qos))
    {
    }

    private SubscriptionBase(Node node, string topicName, QosProfile qos, IMiddlewareSubscription middleware)
        : base(node, topicName, qos, middleware) => _middleware = middleware;

    /// <inheritdoc/>
    public int PublisherCount => MatchedCount;

    /// <inheritdoc/>
    public IWaitable Waitable => _middleware;

    /// <inheritdoc/>
    public bool WaitForPublishers(int count, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        WaitForMatched(count, timeout, cancellationToken);

    /// <inheritdoc/>
    public Task WaitForPublishersAsync(int count, CancellationToken cancellationToken = default) =>
        WaitForMatchedAsync(count, cancellationToken);

    /// <summary>Takes a message and calls the callback with it. A message that cannot be read is dropped.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryExecute()
    {
        if (IsDisposed || !_middleware.TryTake(out var message))
            return false;

        try
        {
            Read(message);
        }
        catch (CdrException exception)
        {
            Drop();
            Node.Logger.WarnThrottle(
                WarningPeriod, $"A message on '{TopicName}' cannot be read and is dropped: {exception.Message}", TopicName);
            return true;
        }

        Deliver();
        return true;
    }

    /// <summary>Takes over and reads the message.</summary>
    /// <exception cref="CdrException">It cannot be read.</exception>
    protected abstract void Read(in IncomingMessage incoming);

    /// <summary>Calls the callback with the message that has been read, and ensures that it is released.</summary>
    protected abstract void Deliver();

    /// <summary>Releases the message that could not be read.</summary>
    protected abstract void Drop();

    /// <inheritdoc/>
    protected override string Describe(QosPolicyKind policy) =>
        $"A publisher of '{TopicName}' offers another quality of service than '{Qos}' asks for (policy: {policy}): "
        + "no messages come from there.";
}

/// <summary>A subscription that lends each message to its callback: one instance, filled again and again.</summary>
internal sealed class LendingSubscription<T>(Node node, string topicName, Action<T> callback, QosProfile qos)
    : SubscriptionBase(node, topicName, new MessageType(T.TypeName, T.TypeHash), qos), ISubscription<T>
    where T : class, IMessage<T>, new()
{
    private readonly ReusedMessage<T> _lent = new();

    /// <inheritdoc/>
    protected override void Read(in IncomingMessage incoming) => _lent.Fill(incoming);

    /// <inheritdoc/>
    protected override void Deliver()
    {
        try
        {
            callback(_lent.Message);
        }
        finally
        {
            Drop();
        }
    }

    /// <inheritdoc/>
    protected override void Drop() => _lent.Release();
}

/// <summary>A subscription that gives each message away, in instances that come back when they are disposed.</summary>
internal class OwnedSubscription<T>(
    Node node, string topicName, Action<ReceivedMessage<T>> callback, QosProfile qos)
    : SubscriptionBase(node, topicName, new MessageType(T.TypeName, T.TypeHash), qos), ISubscription<T>
    where T : class, IMessage<T>, new()
{
    private readonly ReceivedMessagePool<T> _pool = new();
    private ReceivedMessage<T>? _received;

    /// <inheritdoc/>
    protected override void Read(in IncomingMessage incoming)
    {
        _received = _pool.Rent();
        _received.Fill(incoming);
    }

    /// <inheritdoc/>
    protected override void Deliver()
    {
        // From here on it is the callback's.
        var received = _received!;
        _received = null;
        callback(received);
    }

    /// <inheritdoc/>
    protected override void Drop() => _received?.Dispose();
}

using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

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

    /// <summary>Calls the callback with the message that has been read, and sees to it that it is released.</summary>
    protected abstract void Deliver();

    /// <summary>Releases the message that could not be read.</summary>
    protected abstract void Drop();

    /// <inheritdoc/>
    protected override string Describe(QosPolicyKind policy) =>
        $"A publisher of '{TopicName}' offers another quality of service than '{Qos}' asks for (policy: {policy}): "
        + "no messages come from there.";
}

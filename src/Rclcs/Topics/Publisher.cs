using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>A publisher of any type. All members may be called from any thread.</summary>
public interface IPublisher : ITopicEndpoint
{
    /// <summary>How many subscriptions get the messages now. Costs next to nothing: ask before doing work for them.</summary>
    int SubscriptionCount { get; }

    /// <summary>Waits until at least so many subscriptions get the messages. Needs no spinning.</summary>
    /// <param name="count">How many.</param>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there are so many.</returns>
    bool WaitForSubscriptions(int count, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Waits until at least so many subscriptions get the messages. Needs no spinning, and no thread.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when there are so many; canceled by the token, or when the publisher is disposed.</returns>
    /// <example><code>await publisher.WaitForSubscriptionsAsync(1).WaitAsync(TimeSpan.FromSeconds(5));</code></example>
    Task WaitForSubscriptionsAsync(int count, CancellationToken cancellationToken = default);
}

/// <summary>Sends messages to a topic. All members may be called from any thread.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IPublisher<in T> : IPublisher
{
    /// <summary>
    /// Sends a message. It is serialized straight into the middleware's memory and not needed any more when this
    /// returns.
    /// </summary>
    /// <exception cref="Serialization.CdrException">A field breaks its bound.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    /// <exception cref="ObjectDisposedException">The publisher is disposed.</exception>
    void Publish(T message);
}

/// <summary>A publisher without its message type.</summary>
internal abstract class PublisherBase : TopicEndpoint, IPublisher
{
    /// <summary>Creates it.</summary>
    protected PublisherBase(Node node, string topicName, MessageType type, QosProfile qos)
        : this(node, topicName, qos, node.Middleware.CreatePublisher(topicName, type, qos))
    {
    }

    private PublisherBase(Node node, string topicName, QosProfile qos, IMiddlewarePublisher middleware)
        : base(node, topicName, qos, middleware) => Middleware = middleware;

    /// <inheritdoc/>
    public int SubscriptionCount => MatchedCount;

    /// <summary>The middleware's part.</summary>
    protected IMiddlewarePublisher Middleware { get; }

    /// <inheritdoc/>
    public bool WaitForSubscriptions(int count, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        WaitForMatched(count, timeout, cancellationToken);

    /// <inheritdoc/>
    public Task WaitForSubscriptionsAsync(int count, CancellationToken cancellationToken = default) =>
        WaitForMatchedAsync(count, cancellationToken);

    /// <inheritdoc/>
    protected override string Describe(QosPolicyKind policy) =>
        $"A subscription of '{TopicName}' asks for another quality of service than '{Qos}' offers (policy: {policy}): "
        + "no messages go there.";
}

/// <inheritdoc cref="IPublisher{T}"/>
internal sealed class Publisher<T>(Node node, string topicName, QosProfile qos)
    : PublisherBase(node, topicName, new MessageType(T.TypeName, T.TypeHash), qos), IPublisher<T>
    where T : class, IMessage<T>, new()
{
    /// <inheritdoc/>
    public void Publish(T message) => Middleware.Publish(message);
}

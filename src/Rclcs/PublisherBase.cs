using rclcs.Middleware;

namespace rclcs;

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

using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <inheritdoc cref="IPublisher{T}"/>
internal sealed class Publisher<T> : IPublisher<T>
    where T : class, IMessage<T>, new()
{
    private readonly Node _node;
    private readonly IMiddlewarePublisher _middleware;

    /// <summary>Creates it.</summary>
    public Publisher(Node node, string topicName, QosProfile qos)
    {
        _node = node;
        TopicName = topicName;
        Qos = qos;
        _middleware = node.Middleware.CreatePublisher(topicName, new MessageType(T.TypeName, T.TypeHash), qos);
        _middleware.IncompatibleQos += policy => node.Logger.Warn(
            $"A subscription of '{topicName}' asks for another quality of service than '{qos}' offers (policy: "
            + $"{policy}): no messages go there.");
    }

    /// <inheritdoc/>
    public string TopicName { get; }

    /// <inheritdoc/>
    public QosProfile Qos { get; }

    /// <inheritdoc/>
    public int SubscriptionCount => _middleware.MatchedCount;

    /// <inheritdoc/>
    public void Publish(T message)
    {
        var outgoing = _middleware.Allocate(CdrWriter.Measure(message));
        try
        {
            outgoing.Fill(message);
        }
        catch
        {
            _middleware.Discard(outgoing);
            throw;
        }

        _middleware.Write(outgoing);
    }

    /// <inheritdoc/>
    public bool WaitForSubscriptions(int count, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _middleware.WaitForMatched(count, timeout, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _node.Remove(this);
        _middleware.Dispose();
    }
}

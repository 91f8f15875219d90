using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <inheritdoc cref="IPublisher{T}"/>
internal sealed class Publisher<T>(Node node, string topicName, QosProfile qos)
    : PublisherBase(node, topicName, new MessageType(T.TypeName, T.TypeHash), qos), IPublisher<T>
    where T : class, IMessage<T>, new()
{
    /// <inheritdoc/>
    public void Publish(T message) => Middleware.Write(Middleware.Serialize(message));
}

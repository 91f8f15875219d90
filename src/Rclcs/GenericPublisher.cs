using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <inheritdoc cref="IGenericPublisher"/>
internal sealed class GenericPublisher(Node node, string topicName, MessageType type, QosProfile qos)
    : PublisherBase(node, topicName, type, qos), IGenericPublisher
{
    /// <inheritdoc/>
    public void Publish(ReadOnlySpan<byte> message)
    {
        CdrEncapsulation.Check(message);
        var outgoing = Middleware.Allocate(message.Length);
        message.CopyTo(outgoing.Bytes);
        Middleware.Write(outgoing);
    }
}

using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>
/// Sends messages that are serialized already, of a type known by name only: for recorders and bridges. All members may
/// be called from any thread.
/// </summary>
public interface IGenericPublisher : IPublisher
{
    /// <summary>Sends a message.</summary>
    /// <param name="message">CDR with its header of four bytes. Copied before this returns.</param>
    /// <exception cref="Serialization.CdrException">It has no such header.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    /// <exception cref="ObjectDisposedException">The publisher is disposed.</exception>
    void Publish(ReadOnlySpan<byte> message);
}

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

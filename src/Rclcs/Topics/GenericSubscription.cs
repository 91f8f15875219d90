using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>Gets a message as it came, of a subscription whose type is known by name only.</summary>
/// <param name="message">CDR with its header of four bytes, perhaps padded at the end. Lent until the callback returns.</param>
/// <param name="info">Where it came from.</param>
public delegate void SerializedMessageCallback(ReadOnlySpan<byte> message, MessageInfo info);

/// <summary>A subscription that lends each message to its callback as it came.</summary>
internal sealed unsafe class GenericSubscription(
    Node node, string topicName, MessageType type, SerializedMessageCallback callback, QosProfile qos)
    : SubscriptionBase(node, topicName, type, qos)
{
    private IncomingMessage _incoming;

    private ReadOnlySpan<byte> Bytes => new((void*)_incoming.Data, _incoming.Length);

    /// <inheritdoc/>
    protected override void Read(in IncomingMessage incoming)
    {
        _incoming = incoming;
        CdrEncapsulation.Check(Bytes);
    }

    /// <inheritdoc/>
    protected override void Deliver()
    {
        try
        {
            callback(Bytes, _incoming.Info);
        }
        finally
        {
            Drop();
        }
    }

    /// <inheritdoc/>
    protected override void Drop()
    {
        _incoming.Release();
        _incoming = default;
    }
}

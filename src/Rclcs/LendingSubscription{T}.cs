using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>A subscription that lends each message to its callback: one instance, filled again and again.</summary>
internal sealed class LendingSubscription<T>(Node node, string topicName, Action<T> callback, QosProfile qos)
    : SubscriptionBase(node, topicName, new MessageType(T.TypeName, T.TypeHash), qos), ISubscription<T>
    where T : class, IMessage<T>, new()
{
    private readonly T _message = new();
    private readonly UnmanagedMemory _bytes = new();
    private IncomingMessage _incoming;

    /// <inheritdoc/>
    protected override void Read(in IncomingMessage incoming)
    {
        _incoming = incoming;
        _bytes.Set(incoming.Data, incoming.Length);
        var reader = new CdrReader(_bytes.Memory);
        _message.Deserialize(ref reader);
    }

    /// <inheritdoc/>
    protected override void Deliver()
    {
        try
        {
            callback(_message);
        }
        finally
        {
            Drop();
        }
    }

    /// <inheritdoc/>
    protected override void Drop()
    {
        _bytes.Clear();
        _incoming.Release();
        _incoming = default;
    }
}

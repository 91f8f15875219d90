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

    /// <inheritdoc/>
    protected override void Deliver(in IncomingMessage message)
    {
        _bytes.Set(message.Data, message.Length);
        try
        {
            var reader = new CdrReader(_bytes.Memory);
            _message.Deserialize(ref reader);
            callback(_message);
        }
        finally
        {
            _bytes.Clear();
            message.Release();
        }
    }
}

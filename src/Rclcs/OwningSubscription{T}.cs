using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>A subscription that gives each message away, in instances that come back when they are disposed.</summary>
internal sealed class OwningSubscription<T>(
    Node node, string topicName, Action<ReceivedMessage<T>> callback, QosProfile qos)
    : SubscriptionBase(node, topicName, new MessageType(T.TypeName, T.TypeHash), qos), ISubscription<T>
    where T : class, IMessage<T>, new()
{
    private readonly ReceivedMessagePool<T> _pool = new();

    /// <inheritdoc/>
    protected override void Deliver(in IncomingMessage message)
    {
        var received = _pool.Rent();
        try
        {
            received.Fill(message);
        }
        catch
        {
            received.Dispose();
            throw;
        }

        callback(received);
    }
}

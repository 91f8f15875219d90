using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>A subscription that gives each message away, in instances that come back when they are disposed.</summary>
internal class OwningSubscription<T>(
    Node node, string topicName, Action<ReceivedMessage<T>> callback, QosProfile qos)
    : SubscriptionBase(node, topicName, new MessageType(T.TypeName, T.TypeHash), qos), ISubscription<T>
    where T : class, IMessage<T>, new()
{
    private readonly ReceivedMessagePool<T> _pool = new();
    private ReceivedMessage<T>? _received;

    /// <inheritdoc/>
    protected override void Read(in IncomingMessage incoming)
    {
        _received = _pool.Rent();
        _received.Fill(incoming);
    }

    /// <inheritdoc/>
    protected override void Deliver()
    {
        // From here on it is the callback's.
        var received = _received!;
        _received = null;
        callback(received);
    }

    /// <inheritdoc/>
    protected override void Drop() => _received?.Dispose();
}

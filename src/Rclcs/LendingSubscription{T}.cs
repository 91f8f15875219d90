using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>A subscription that lends each message to its callback: one instance, filled again and again.</summary>
internal sealed class LendingSubscription<T>(Node node, string topicName, Action<T> callback, QosProfile qos)
    : SubscriptionBase(node, topicName, new MessageType(T.TypeName, T.TypeHash), qos), ISubscription<T>
    where T : class, IMessage<T>, new()
{
    private readonly ReusedMessage<T> _lent = new();

    /// <inheritdoc/>
    protected override void Read(in IncomingMessage incoming) => _lent.Fill(incoming);

    /// <inheritdoc/>
    protected override void Deliver()
    {
        try
        {
            callback(_lent.Message);
        }
        finally
        {
            Drop();
        }
    }

    /// <inheritdoc/>
    protected override void Drop() => _lent.Release();
}

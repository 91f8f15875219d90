using rclcs.Serialization;

namespace rclcs;

/// <inheritdoc cref="IAsyncSubscription{T}"/>
internal sealed class AsyncSubscription<T> : OwningSubscription<T>, IAsyncSubscription<T>
    where T : class, IMessage<T>, new()
{
    private readonly MessageQueue<T> _queue;
    private readonly CancellationTokenRegistration _shutdown;

    /// <summary>Creates it.</summary>
    public AsyncSubscription(Node node, string topicName, QosProfile qos)
        : this(node, topicName, qos, new MessageQueue<T>(qos))
    {
    }

    private AsyncSubscription(Node node, string topicName, QosProfile qos, MessageQueue<T> queue)
        : base(node, topicName, queue.Add, qos)
    {
        _queue = queue;
        _shutdown = node.Context.ShutdownToken.UnsafeRegister(static queue => ((MessageQueue<T>)queue!).End(), queue);
    }

    /// <inheritdoc/>
    public long DroppedCount => _queue.DroppedCount;

    /// <inheritdoc/>
    public IAsyncEnumerator<ReceivedMessage<T>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _queue.ReadAll().GetAsyncEnumerator(cancellationToken);

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _shutdown.Dispose();
        _queue.End();
    }
}

using System.Threading.Channels;
using rclcs.Serialization;

namespace rclcs;

/// <summary>
/// A subscription to be read by <c>await foreach</c>, on any thread. Its node has to spin meanwhile, for
/// example by <see cref="Rclcs.SpinAsync"/>.
/// </summary>
/// <typeparam name="T">Type of the messages.</typeparam>
/// <remarks>
/// <para>Each message belongs to the loop, which disposes it.</para>
/// <para>
/// Messages wait in a queue as long as <see cref="QosProfile.Depth"/>; when it is full, the oldest is dropped. With
/// <see cref="HistoryPolicy.KeepAll"/> it has no end.
/// </para>
/// <para>
/// The loop ends when the subscription is disposed or the context is shut down. A loop that was left can be begun again,
/// and of two loops at once each gets some of the messages.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using var images = node.CreateSubscription&lt;sensor_msgs.msg.Image&gt;("image", QosProfile.SensorData);
/// var spinning = Rclcs.SpinAsync(node, context);
/// await foreach (var image in images.WithCancellation(cancellationToken))
/// {
///     using (image)
///         Show(image.Message.Data.Span);
/// }
/// </code>
/// </example>
public interface IAsyncSubscription<T> : ISubscription<T>, IAsyncEnumerable<ReceivedMessage<T>>
    where T : class, IMessage<T>, new()
{
    /// <summary>How many messages were dropped so far since the queue was full.</summary>
    long DroppedCount { get; }
}

/// <inheritdoc cref="IAsyncSubscription{T}"/>
internal sealed class AsyncSubscription<T> : OwnedSubscription<T>, IAsyncSubscription<T>
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

/// <summary>Received messages on their way from the thread that spins to who awaits them. Owns those that wait in it.</summary>
/// <remarks>All members may be called from any thread.</remarks>
internal sealed class MessageQueue<T>
    where T : class, IMessage<T>, new()
{
    private readonly Channel<ReceivedMessage<T>> _channel;
    private long _droppedCount;

    /// <summary>Creates it.</summary>
    /// <param name="qos">Says how many messages it holds at most.</param>
    public MessageQueue(QosProfile qos) => _channel = qos.History == HistoryPolicy.KeepAll
        ? Channel.CreateUnbounded<ReceivedMessage<T>>()
        : Channel.CreateBounded<ReceivedMessage<T>>(
            new BoundedChannelOptions(Math.Max(qos.Depth, 1)) { FullMode = BoundedChannelFullMode.DropOldest }, Drop);

    /// <summary>How many messages have been dropped since it was full.</summary>
    public long DroppedCount => Interlocked.Read(ref _droppedCount);

    /// <summary>Takes a message over, and drops the oldest if it is full.</summary>
    public void Add(ReceivedMessage<T> message)
    {
        if (!_channel.Writer.TryWrite(message))
            message.Dispose();
    }

    /// <summary>Gives away what is in it and what comes, until the end.</summary>
    public IAsyncEnumerable<ReceivedMessage<T>> ReadAll() => _channel.Reader.ReadAllAsync();

    /// <summary>Takes no more messages, and disposes those that wait. May be called twice.</summary>
    public void End()
    {
        _channel.Writer.TryComplete();
        while (_channel.Reader.TryRead(out var message))
            message.Dispose();
    }

    private void Drop(ReceivedMessage<T> message)
    {
        Interlocked.Increment(ref _droppedCount);
        message.Dispose();
    }
}

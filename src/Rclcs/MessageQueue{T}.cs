using System.Threading.Channels;
using rclcs.Serialization;

namespace rclcs;

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

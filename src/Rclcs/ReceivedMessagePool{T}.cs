using rclcs.Serialization;

namespace rclcs;

/// <summary>Received messages that nobody uses now.</summary>
internal sealed class ReceivedMessagePool<T>
    where T : class, IMessage<T>, new()
{
    private readonly Lock _freeLock = new();
    private readonly Stack<ReceivedMessage<T>> _free = [];

    /// <summary>Gives one, a new one if need be.</summary>
    public ReceivedMessage<T> Rent()
    {
        lock (_freeLock)
            return _free.TryPop(out var message) ? message : new ReceivedMessage<T>(this);
    }

    /// <summary>Takes one back.</summary>
    public void Return(ReceivedMessage<T> message)
    {
        lock (_freeLock)
            _free.Push(message);
    }
}

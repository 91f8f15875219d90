using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>A received message that belongs to whoever has it, on any thread, until Dispose.</summary>
/// <typeparam name="T">Type of the message.</typeparam>
/// <remarks>
/// Holds native memory of the middleware: a message that is never disposed never gives it back. Outlives its
/// subscription. Dispose once; the instance is then used for another message, so it must not be touched any more.
/// </remarks>
public sealed class ReceivedMessage<T> : IDisposable
    where T : class, IMessage<T>, new()
{
    private readonly ReceivedMessagePool<T> _pool;
    private readonly UnmanagedMemory _bytes = new();
    private IncomingMessage _incoming;
    private int _rented;

    internal ReceivedMessage(ReceivedMessagePool<T> pool) => _pool = pool;

    /// <summary>The message. Its <c>uint8[]</c> fields are views of received memory, valid until Dispose.</summary>
    public T Message { get; } = new();

    /// <summary>Where it came from.</summary>
    public MessageInfo Info => _incoming.Info;

    /// <summary>Gives the message back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, 0) == 0)
            return;

        _bytes.Clear();
        _incoming.Release();
        _incoming = default;
        _pool.Return(this);
    }

    /// <summary>Takes over and reads what was received.</summary>
    /// <exception cref="CdrException">It cannot be read.</exception>
    internal void Fill(in IncomingMessage incoming)
    {
        _rented = 1;
        _incoming = incoming;
        _bytes.Set(incoming.Data, incoming.Length);
        var reader = new CdrReader(_bytes.Memory);
        Message.Deserialize(ref reader);
    }
}

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
    private readonly ReusedMessage<T> _reused = new();
    private int _rented;

    internal ReceivedMessage(ReceivedMessagePool<T> pool) => _pool = pool;

    /// <summary>The message. Its <c>uint8[]</c> fields are views of received memory, valid until Dispose.</summary>
    public T Message => _reused.Message;

    /// <summary>Where it came from.</summary>
    public MessageInfo Info => _reused.Info;

    /// <summary>Gives the message back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, 0) == 0)
            return;

        _reused.Release();
        _pool.Return(this);
    }

    /// <summary>Takes over and reads what was received.</summary>
    /// <exception cref="CdrException">It cannot be read.</exception>
    internal void Fill(in IncomingMessage incoming)
    {
        _rented = 1;
        _reused.Fill(incoming);
    }
}

using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>A received message that its holder owns, on any thread, until Dispose.</summary>
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

/// <summary>Received messages that are not in use.</summary>
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

/// <summary>One instance of a message, filled again and again with what is received, whose bytes its fields show.</summary>
#pragma warning disable CA1001 // Its memory owns nothing: it shows bytes until Release gives them back.
internal sealed class ReusedMessage<T>
#pragma warning restore CA1001
    where T : class, IMessage<T>, new()
{
    private readonly UnmanagedMemory _bytes = new();
    private IncomingMessage _incoming;

    /// <summary>The message, valid from <see cref="Fill"/> to <see cref="Release"/>.</summary>
    public T Message { get; } = new();

    /// <summary>Where it came from.</summary>
    public MessageInfo Info => _incoming.Info;

    /// <summary>Takes over and reads what was received. Also when that fails, it is to be released.</summary>
    /// <exception cref="CdrException">It cannot be read.</exception>
    public void Fill(in IncomingMessage incoming)
    {
        _incoming = incoming;
        _bytes.Set(incoming.Data, incoming.Length);
        var reader = new CdrReader(_bytes.Memory);
        Message.Deserialize(ref reader);
    }

    /// <summary>Gives back what was received.</summary>
    public void Release()
    {
        _bytes.Clear();
        _incoming.Release();
        _incoming = default;
    }
}

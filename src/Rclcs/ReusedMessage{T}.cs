using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

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

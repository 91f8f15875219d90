using rclcs.Serialization;

namespace rclcs.Middleware;

/// <summary>A received message in native memory, which belongs to the code that took it until <see cref="Release"/>.</summary>
/// <remarks>Outlives the subscription and the context that it came from.</remarks>
/// <param name="Owner">Takes the memory back.</param>
/// <param name="Handle">The owner's own.</param>
/// <param name="Data">Address of the first byte of the CDR header.</param>
/// <param name="Length">Bytes, with the header; may be padded to a multiple of four.</param>
/// <param name="Info">Where it came from.</param>
internal readonly record struct IncomingMessage(
    IMessageOwner? Owner, nint Handle, nint Data, int Length, MessageInfo Info)
{
    /// <summary>Gives the memory back. Once.</summary>
    public void Release() => Owner?.Release(Handle);

    /// <summary>Gives the memory back and returns a copy of what it held.</summary>
    public unsafe byte[] CopyAndRelease()
    {
        var copy = new ReadOnlySpan<byte>((void*)Data, Length).ToArray();
        Release();
        return copy;
    }
}

/// <summary>Native memory that waits to be filled with one serialized message.</summary>
/// <param name="Handle">The middleware's own.</param>
/// <param name="Data">Address of the first byte.</param>
/// <param name="Length">Bytes to fill.</param>
internal readonly unsafe record struct OutgoingMessage(nint Handle, nint Data, int Length)
{
    /// <summary>The bytes to fill.</summary>
    public Span<byte> Bytes => new((void*)Data, Length);

    /// <summary>Serializes a message into them.</summary>
    /// <exception cref="CdrException">A field breaks its bound.</exception>
    public void Fill(IMessage message)
    {
        var writer = new CdrWriter(Bytes);
        message.Serialize(ref writer);

        // Shorter than measured, if another thread changes it meanwhile.
        Bytes[writer.Length..].Clear();
    }
}

/// <summary>Where received messages go back to.</summary>
internal interface IMessageOwner
{
    /// <summary>Frees the message, or keeps its memory for the next one.</summary>
    /// <param name="handle"><see cref="IncomingMessage.Handle"/>.</param>
    void Release(nint handle);
}

using rclcs.Serialization;

namespace rclcs.Middleware;

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

namespace rclcs.Middleware;

/// <summary>A received message in native memory, which belongs to whoever took it until <see cref="Release"/>.</summary>
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

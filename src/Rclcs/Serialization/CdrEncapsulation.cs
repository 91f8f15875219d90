namespace rclcs.Serialization;

/// <summary>The four bytes in front of every serialized message: representation (big-endian) and options.</summary>
internal static class CdrEncapsulation
{
    public const int Size = 4;

    public const byte BigEndian = 0;
    public const byte LittleEndian = 1;

    /// <summary>The next multiple of <paramref name="alignment"/>, a power of two. Negative where that overflows.</summary>
    public static int Align(int position, int alignment) => unchecked(position + alignment - 1) & -alignment;

    /// <summary>Lets pass a message that has them and is plain CDR.</summary>
    /// <exception cref="CdrException">The header is missing, or names another representation than plain CDR.</exception>
    public static void Check(ReadOnlySpan<byte> message)
    {
        if (message.Length < Size)
            throw new CdrException($"A message of {message.Length} bytes has no CDR header, which takes {Size}.");

        if (message[0] != 0 || message[1] > LittleEndian)
        {
            throw new CdrException(
                $"The representation 0x{message[0]:x2}{message[1]:x2} of the message is not plain CDR (0x0000 or 0x0001).");
        }
    }
}

namespace rclcs.Serialization;

/// <summary>The four bytes in front of every serialized message: representation (big-endian) and options.</summary>
internal static class CdrEncapsulation
{
    public const int Size = 4;

    public const byte BigEndian = 0;
    public const byte LittleEndian = 1;

    /// <summary>The next multiple of <paramref name="alignment"/>, a power of two. Negative where that overflows.</summary>
    public static int Align(int position, int alignment) => unchecked(position + alignment - 1) & -alignment;
}

using System.Buffers;

namespace rclcs.Serialization;

/// <summary>
/// Shows a block of native memory (the pixels of an OpenCV Mat, the payload of a DDS sample) as
/// <see cref="Memory{T}"/>, so that messages are written from it and read on it without a copy.
/// </summary>
/// <remarks>
/// Owns nothing: the caller of <see cref="Set"/> keeps the block alive until <see cref="Clear"/> or the next
/// <see cref="Set"/>. Memory handed out before then fails with <see cref="ArgumentOutOfRangeException"/> after
/// <see cref="Clear"/> instead of reading what is no longer there. One instance serves block after block.
/// </remarks>
public sealed unsafe class UnmanagedMemory : MemoryManager<byte>
{
    private byte* _pointer;
    private int _length;

    /// <summary>Shows another block.</summary>
    /// <param name="pointer">First byte of the block.</param>
    /// <param name="length">Bytes in the block.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="ArgumentNullException">The pointer is null and the length is not 0.</exception>
    public void Set(nint pointer, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (pointer == 0 && length != 0)
            throw new ArgumentNullException(nameof(pointer));

        _pointer = (byte*)pointer;
        _length = length;
    }

    /// <summary>Shows nothing any more.</summary>
    public void Clear() => Set(0, 0);

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(_pointer, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length, nameof(elementIndex));
        return new MemoryHandle(_pointer + elementIndex);
    }

    /// <summary>Does nothing: native memory does not move.</summary>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Clear();
}

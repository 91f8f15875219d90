using System.Buffers;
using System.Buffers.Binary;

namespace FaceViewer.Live;

/// <summary>
/// A compressed picture on its way to several viewers, as one binary message: stamp (seconds and nanoseconds, 32 bits each), the
/// time of its arrival (milliseconds since 1970, 64-bit float), all with the high byte first, and the file as it came. Its memory
/// goes back when the last one has it.
/// </summary>
internal sealed class SharedPicture
{
    private const int HeaderLength = 16;

    private readonly byte[] _bytes;
    private readonly int _length;
    private int _owners = 1;

    /// <summary>Copies a picture, which has one owner then.</summary>
    public SharedPicture(sensor_msgs.msg.CompressedImage image, double arrival)
    {
        _length = HeaderLength + image.Data.Length;
        _bytes = ArrayPool<byte>.Shared.Rent(_length);
        BinaryPrimitives.WriteInt32BigEndian(_bytes, image.Header.Stamp.Sec);
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(4), image.Header.Stamp.Nanosec);
        BinaryPrimitives.WriteDoubleBigEndian(_bytes.AsSpan(8), arrival);
        image.Data.Span.CopyTo(_bytes.AsSpan(HeaderLength));
    }

    /// <summary>The message, as long as one owns it.</summary>
    public ReadOnlyMemory<byte> Message => _bytes.AsMemory(0, _length);

    /// <summary>One more owns it.</summary>
    public SharedPicture Share()
    {
        Interlocked.Increment(ref _owners);
        return this;
    }

    /// <summary>One owner less.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _owners) == 0)
            ArrayPool<byte>.Shared.Return(_bytes);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace rclcs.Serialization;

/// <summary>
/// Writes a message as CDR, the way ROS 2 puts it on the wire: plain XCDR1 behind a header of four bytes, every value
/// aligned to its size, counted from after the header (OMG Common Data Representation, DDSI-RTPS 10.2).
/// </summary>
/// <remarks>
/// The same calls measure and write: <see cref="Measure"/> runs them on a writer that only counts.
/// In the limits below <see cref="int.MaxValue"/> stands for "unbounded", and <c>field</c> is what an exception names,
/// for example <c>sensor_msgs/msg/CameraInfo.k</c>.
/// </remarks>
public ref struct CdrWriter
{
    private readonly Span<byte> _body;
    private readonly bool _measuring;
    private readonly int _lendFrom = int.MaxValue;
    private int _position;

    /// <summary>Starts a message at the front of a buffer and writes the header.</summary>
    /// <param name="buffer">Room for the whole message, at least the <see cref="Measure"/> of it.</param>
    /// <exception cref="CdrException">The buffer cannot hold even the header.</exception>
    public CdrWriter(Span<byte> buffer)
    {
        if (buffer.Length < CdrEncapsulation.Size)
            throw new CdrException($"A buffer of {buffer.Length} bytes is too small for a CDR header of 4.");

        buffer[0] = 0;
        buffer[1] = BitConverter.IsLittleEndian ? CdrEncapsulation.LittleEndian : CdrEncapsulation.BigEndian;
        buffer[2] = 0;
        buffer[3] = 0;
        _body = buffer[CdrEncapsulation.Size..];
    }

    /// <summary>As the other constructor, but leaves large bytes out, see <see cref="Lent"/>.</summary>
    /// <inheritdoc cref="CdrWriter(Span{byte})"/>
    /// <param name="buffer">Room for the message without them.</param>
    /// <param name="lendFrom">How many bytes a <c>uint8[]</c> must have to be left out.</param>
    internal CdrWriter(Span<byte> buffer, int lendFrom)
        : this(buffer) => _lendFrom = lendFrom;

    private CdrWriter(bool measuring, int lendFrom) => (_measuring, _lendFrom) = (measuring, lendFrom);

    /// <summary>The last <c>uint8[]</c> that was left out: it is written as an empty one, to be sent from where it is.</summary>
    internal ReadOnlyMemory<byte> Lent { get; private set; }

    /// <summary>How many <c>uint8[]</c> there were, left out or not.</summary>
    internal int ByteSequences { get; private set; }

    /// <summary>Bytes written so far, with the header.</summary>
    public readonly int Length => CdrEncapsulation.Size + _position;

    /// <summary>The number of bytes a message takes, with the header of four.</summary>
    /// <param name="message">The message to measure.</param>
    /// <exception cref="CdrException">A field breaks its bound.</exception>
    public static int Measure(IMessage message)
    {
        var writer = new CdrWriter(measuring: true, int.MaxValue);
        message.Serialize(ref writer);
        return writer.Length;
    }

    /// <summary>A writer that only counts, and leaves large bytes out.</summary>
    /// <param name="lendFrom">How many bytes a <c>uint8[]</c> must have to be left out.</param>
    internal static CdrWriter MeasuringWithout(int lendFrom) => new(measuring: true, lendFrom);

    /// <summary>Writes a <c>bool</c>: one byte, 0 or 1.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>Writes a <c>byte</c>, <c>uint8</c> or <c>char</c>.</summary>
    public void WriteByte(byte value) => WriteValue(value);

    /// <summary>Writes an <c>int8</c>.</summary>
    public void WriteSByte(sbyte value) => WriteValue(value);

    /// <summary>Writes an <c>int16</c>.</summary>
    public void WriteInt16(short value) => WriteValue(value);

    /// <summary>Writes a <c>uint16</c>.</summary>
    public void WriteUInt16(ushort value) => WriteValue(value);

    /// <summary>Writes an <c>int32</c>.</summary>
    public void WriteInt32(int value) => WriteValue(value);

    /// <summary>Writes a <c>uint32</c>.</summary>
    public void WriteUInt32(uint value) => WriteValue(value);

    /// <summary>Writes an <c>int64</c>.</summary>
    public void WriteInt64(long value) => WriteValue(value);

    /// <summary>Writes a <c>uint64</c>.</summary>
    public void WriteUInt64(ulong value) => WriteValue(value);

    /// <summary>Writes a <c>float32</c>.</summary>
    public void WriteSingle(float value) => WriteValue(value);

    /// <summary>Writes a <c>float64</c>.</summary>
    public void WriteDouble(double value) => WriteValue(value);

    /// <summary>Writes a <c>string</c>: its length with a final NUL, then UTF-8 and the NUL.</summary>
    /// <param name="value">The text. A lone surrogate is written as U+FFFD.</param>
    /// <param name="maxLength">The most bytes of UTF-8 that are allowed, without the NUL.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">The text is longer than allowed.</exception>
    public void WriteString(string value, int maxLength = int.MaxValue, string field = "")
    {
        var length = Encoding.UTF8.GetByteCount(value);
        CdrLimit.CheckLength(length, maxLength, field);
        WriteUInt32((uint)length + 1);
        if (TryReserve(length + 1, 1, out var target))
        {
            Encoding.UTF8.GetBytes(value, target);
            target[length] = 0;
        }
    }

    /// <summary>
    /// Writes a <c>wstring</c>: the number of UTF-16 code units, then each as four bytes, as ROS 2's middlewares do.
    /// </summary>
    /// <param name="value">The text.</param>
    /// <param name="maxLength">The most code units that are allowed.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">The text is longer than allowed.</exception>
    public void WriteWString(string value, int maxLength = int.MaxValue, string field = "")
    {
        CdrLimit.CheckLength(value.Length, maxLength, field);
        WriteUInt32((uint)value.Length);
        foreach (var unit in value)
            WriteUInt32(unit);
    }

    /// <summary>Writes a <c>uint8[]</c>, bounded or not: count and bytes.</summary>
    /// <param name="values">The bytes.</param>
    /// <param name="maxCount">The most bytes that are allowed.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">There are more bytes than allowed.</exception>
    public void WriteBytes(ReadOnlyMemory<byte> values, int maxCount = int.MaxValue, string field = "")
    {
        ByteSequences++;
        if (values.Length >= _lendFrom)
        {
            CdrLimit.CheckCount(values.Length, maxCount, field);
            Lent = values;
            values = default;
        }

        WriteCount(values.Length, maxCount, field);
        if (TryReserve(values.Length, 1, out var target))
            values.Span.CopyTo(target);
    }

    /// <summary>Writes a sequence of a primitive type: count and values.</summary>
    /// <typeparam name="T">A primitive type of ROS: bool, or an integer or floating-point number.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="maxCount">The most values that are allowed.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">There are more values than allowed.</exception>
    public void WriteSequence<T>(List<T> values, int maxCount = int.MaxValue, string field = "")
        where T : unmanaged
    {
        WriteCount(values.Count, maxCount, field);
        WriteValues<T>(CollectionsMarshal.AsSpan(values));
    }

    /// <summary>Writes an array of a primitive type: the values alone.</summary>
    /// <typeparam name="T">A primitive type of ROS: bool, or an integer or floating-point number.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="length">How many there must be.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">There are more or fewer.</exception>
    public void WriteArray<T>(T[] values, int length, string field)
        where T : unmanaged
    {
        CdrLimit.CheckArray(values.Length, length, field);
        WriteValues<T>(values);
    }

    /// <summary>Writes a sequence of strings.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="maxCount">The most texts that are allowed.</param>
    /// <param name="maxLength">The most bytes of UTF-8 in each, without the NUL; of a wide string, UTF-16 code units.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <param name="wide">Whether they are of type <c>wstring</c>.</param>
    /// <exception cref="CdrException">There are more texts than allowed, or one is too long.</exception>
    public void WriteStringSequence(
        List<string> values,
        int maxCount = int.MaxValue,
        int maxLength = int.MaxValue,
        string field = "",
        bool wide = false)
    {
        WriteCount(values.Count, maxCount, field);
        WriteStrings(CollectionsMarshal.AsSpan(values), maxLength, field, wide);
    }

    /// <summary>Writes an array of strings.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="length">How many there must be.</param>
    /// <param name="maxLength">The most bytes of UTF-8 in each, without the NUL; of a wide string, UTF-16 code units.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <param name="wide">Whether they are of type <c>wstring</c>.</param>
    /// <exception cref="CdrException">There are more or fewer, or one is too long.</exception>
    public void WriteStringArray(string[] values, int length, int maxLength, string field, bool wide = false)
    {
        CdrLimit.CheckArray(values.Length, length, field);
        WriteStrings(values, maxLength, field, wide);
    }

    /// <summary>Writes a sequence of messages.</summary>
    /// <typeparam name="T">Type of the messages.</typeparam>
    /// <param name="values">The messages.</param>
    /// <param name="maxCount">The most messages that are allowed.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">There are more messages than allowed, or one breaks a bound of its own.</exception>
    public void WriteMessageSequence<T>(List<T> values, int maxCount = int.MaxValue, string field = "")
        where T : IMessage
    {
        WriteCount(values.Count, maxCount, field);
        foreach (var value in CollectionsMarshal.AsSpan(values))
            value.Serialize(ref this);
    }

    /// <summary>Writes an array of messages.</summary>
    /// <typeparam name="T">Type of the messages.</typeparam>
    /// <param name="values">The messages.</param>
    /// <param name="length">How many there must be.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">There are more or fewer, or one breaks a bound of its own.</exception>
    public void WriteMessageArray<T>(T[] values, int length, string field)
        where T : IMessage
    {
        CdrLimit.CheckArray(values.Length, length, field);
        foreach (var value in values)
            value.Serialize(ref this);
    }

    private void WriteStrings(ReadOnlySpan<string> values, int maxLength, string field, bool wide)
    {
        foreach (var value in values)
        {
            if (wide)
                WriteWString(value, maxLength, field);
            else
                WriteString(value, maxLength, field);
        }
    }

    private void WriteCount(int count, int maxCount, string field)
    {
        CdrLimit.CheckCount(count, maxCount, field);
        WriteUInt32((uint)count);
    }

    private void WriteValue<T>(T value)
        where T : unmanaged
    {
        if (TryReserve(Unsafe.SizeOf<T>(), Unsafe.SizeOf<T>(), out var target))
            MemoryMarshal.Write(target, value);
    }

    private void WriteValues<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        // Without values there is no padding in front of them either.
        if (values.IsEmpty)
            return;

        var bytes = MemoryMarshal.AsBytes(values);
        if (TryReserve(bytes.Length, Unsafe.SizeOf<T>(), out var target))
            bytes.CopyTo(target);
    }

    /// <summary>Moves on by <paramref name="size"/> aligned bytes. False while measuring: there is nothing to fill.</summary>
    private bool TryReserve(int size, int alignment, out Span<byte> target)
    {
        var start = CdrEncapsulation.Align(_position, alignment);
        var end = unchecked(start + size);
        if (start < 0 || end < 0 || end > int.MaxValue - CdrEncapsulation.Size)
            throw new CdrException("The message is larger than 2 GB, the most that CDR can carry here.");

        if (_measuring)
        {
            _position = end;
            target = default;
            return false;
        }

        if (end > _body.Length)
        {
            throw new CdrException(
                $"The message does not fit into its buffer of {CdrEncapsulation.Size + _body.Length} bytes: "
                + "it was changed after it was measured, or never measured.");
        }

        _body[_position..start].Clear();
        target = _body[start..end];
        _position = end;
        return true;
    }
}

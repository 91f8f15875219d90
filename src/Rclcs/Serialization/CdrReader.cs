using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace rclcs.Serialization;

/// <summary>
/// Reads a message from CDR (plain XCDR1 of either byte order, header of four bytes), see <see cref="CdrWriter"/>.
/// </summary>
/// <remarks>
/// Bytes come from other machines, so nothing is trusted: for any bytes a call either succeeds or throws
/// <see cref="CdrException"/>, and allocates no more than what it has read justifies. Bytes behind the message are
/// ignored: some middlewares pad to a multiple of four.
/// </remarks>
public ref struct CdrReader
{
    private const int StackChars = 256;

    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ReadOnlySpan<byte> _body;
    private readonly bool _swap;
    private int _position;

    /// <summary>Starts reading behind the header.</summary>
    /// <param name="message">The whole message with its header. Fields of type <c>uint8[]</c> become views of it.</param>
    /// <exception cref="CdrException">The header is missing, or names another representation than plain CDR.</exception>
    public CdrReader(ReadOnlyMemory<byte> message)
    {
        var bytes = message.Span;
        CdrEncapsulation.Check(bytes);
        _memory = message[CdrEncapsulation.Size..];
        _body = bytes[CdrEncapsulation.Size..];
        _swap = (bytes[1] == CdrEncapsulation.LittleEndian) != BitConverter.IsLittleEndian;
    }

    /// <summary>Bytes read so far, with the header.</summary>
    public readonly int Position => CdrEncapsulation.Size + _position;

    /// <summary>Reads a <c>bool</c>; every byte but 0 is true.</summary>
    public bool ReadBoolean() => ReadByte() != 0;

    /// <summary>Reads a <c>byte</c>, <c>uint8</c> or <c>char</c>.</summary>
    public byte ReadByte() => Take(sizeof(byte), sizeof(byte))[0];

    /// <summary>Reads an <c>int8</c>.</summary>
    public sbyte ReadSByte() => (sbyte)ReadByte();

    /// <summary>Reads an <c>int16</c>.</summary>
    public short ReadInt16() => (short)ReadUInt16();

    /// <summary>Reads a <c>uint16</c>.</summary>
    public ushort ReadUInt16()
    {
        var value = MemoryMarshal.Read<ushort>(Take(sizeof(ushort), sizeof(ushort)));
        return _swap ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>Reads an <c>int32</c>.</summary>
    public int ReadInt32() => (int)ReadUInt32();

    /// <summary>Reads a <c>uint32</c>.</summary>
    public uint ReadUInt32()
    {
        var value = MemoryMarshal.Read<uint>(Take(sizeof(uint), sizeof(uint)));
        return _swap ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>Reads an <c>int64</c>.</summary>
    public long ReadInt64() => (long)ReadUInt64();

    /// <summary>Reads a <c>uint64</c>.</summary>
    public ulong ReadUInt64()
    {
        var value = MemoryMarshal.Read<ulong>(Take(sizeof(ulong), sizeof(ulong)));
        return _swap ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>Reads a <c>float32</c>.</summary>
    public float ReadSingle() => BitConverter.UInt32BitsToSingle(ReadUInt32());

    /// <summary>Reads a <c>float64</c>.</summary>
    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadUInt64());

    /// <summary>Reads a <c>string</c>.</summary>
    /// <remarks>
    /// The final NUL may be missing, and a string of length 0 without one is empty: Fast DDS takes both.
    /// Bytes that are not UTF-8 become U+FFFD.
    /// </remarks>
    /// <param name="previous">A string that is returned as it is if it equals what is read; nothing is allocated then.</param>
    /// <param name="maxLength">The most bytes of UTF-8 that are allowed, without the NUL.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">The message ends before the string does, or the string is longer than allowed.</exception>
    public string ReadString(string previous, int maxLength = int.MaxValue, string field = "")
    {
        var utf8 = Take(ReadCount(1, int.MaxValue, field), 1);
        if (utf8 is [.., 0])
            utf8 = utf8[..^1];

        CdrLimit.CheckLength(utf8.Length, maxLength, field);
        if (utf8.IsEmpty)
            return "";

        return Ascii.Equals(utf8, previous) ? previous : DecodeUtf8(utf8, previous);
    }

    /// <summary>Reads a <c>wstring</c>, see <see cref="CdrWriter.WriteWString"/>. A unit above U+FFFF becomes U+FFFD.</summary>
    /// <param name="previous">A string that is returned as it is if it equals what is read; nothing is allocated then.</param>
    /// <param name="maxLength">The most UTF-16 code units that are allowed.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">The message ends before the string does, or the string is longer than allowed.</exception>
    public string ReadWString(string previous, int maxLength = int.MaxValue, string field = "")
    {
        var count = ReadCount(sizeof(uint), int.MaxValue, field);
        CdrLimit.CheckLength(count, maxLength, field);
        var rented = ArrayPool<char>.Shared.Rent(count);
        for (var i = 0; i < count; i++)
            rented[i] = ReadUInt32() is <= char.MaxValue and var unit ? (char)unit : '\uFFFD';

        var text = Reuse(rented.AsSpan(0, count), previous);
        ArrayPool<char>.Shared.Return(rented);
        return text;
    }

    /// <summary>Reads a <c>uint8[]</c>, bounded or not, as a view of the message.</summary>
    /// <param name="maxCount">The most bytes that are allowed.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">The message ends before the bytes do, or there are more than allowed.</exception>
    public ReadOnlyMemory<byte> ReadBytes(int maxCount = int.MaxValue, string field = "")
    {
        var count = ReadCount(1, maxCount, field);
        Take(count, 1);
        return _memory.Slice(_position - count, count);
    }

    /// <summary>Reads a sequence of a primitive type.</summary>
    /// <typeparam name="T">A primitive type of ROS: bool, or an integer or floating-point number.</typeparam>
    /// <param name="values">The list to fill; what it held is gone.</param>
    /// <param name="maxCount">The most values that are allowed.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">The message ends before the values do, or there are more than allowed.</exception>
    public void ReadSequence<T>(List<T> values, int maxCount = int.MaxValue, string field = "")
        where T : unmanaged
    {
        var count = ReadCount(Unsafe.SizeOf<T>(), maxCount, field);
        CollectionsMarshal.SetCount(values, count);
        ReadValues(CollectionsMarshal.AsSpan(values));
    }

    /// <summary>Reads an array of a primitive type.</summary>
    /// <typeparam name="T">A primitive type of ROS: bool, or an integer or floating-point number.</typeparam>
    /// <param name="previous">The array to fill if it has the right length.</param>
    /// <param name="length">How many values the array has.</param>
    /// <returns>The filled array: <paramref name="previous"/>, or a new one if that had another length.</returns>
    /// <exception cref="CdrException">The message ends before the values do.</exception>
    public T[] ReadArray<T>(T[] previous, int length)
        where T : unmanaged
    {
        var values = previous.Length == length ? previous : new T[length];
        ReadValues(values.AsSpan());
        return values;
    }

    /// <summary>Reads a sequence of strings.</summary>
    /// <param name="values">The list to fill; strings that stay the same stay the same objects.</param>
    /// <param name="maxCount">The most texts that are allowed.</param>
    /// <param name="maxLength">The most bytes of UTF-8 in each, without the NUL; of a wide string, UTF-16 code units.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <param name="wide">Whether they are of type <c>wstring</c>.</param>
    /// <exception cref="CdrException">The message ends before the strings do, or they break a limit.</exception>
    public void ReadStringSequence(
        List<string> values,
        int maxCount = int.MaxValue,
        int maxLength = int.MaxValue,
        string field = "",
        bool wide = false)
    {
        var count = ReadCount(sizeof(uint), maxCount, field);
        Shorten(values, count);
        while (values.Count < count)
            values.Add("");

        ReadStrings(CollectionsMarshal.AsSpan(values), maxLength, field, wide);
    }

    /// <summary>Reads an array of strings.</summary>
    /// <param name="previous">The array to fill if it has the right length; strings that stay the same stay the same objects.</param>
    /// <param name="length">How many strings the array has.</param>
    /// <param name="maxLength">The most bytes of UTF-8 in each, without the NUL; of a wide string, UTF-16 code units.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <param name="wide">Whether they are of type <c>wstring</c>.</param>
    /// <returns>The filled array: <paramref name="previous"/>, or a new one if that had another length.</returns>
    /// <exception cref="CdrException">The message ends before the strings do, or one is longer than allowed.</exception>
    public string[] ReadStringArray(string[] previous, int length, int maxLength, string field, bool wide = false)
    {
        var values = previous.Length == length ? previous : FixedArray.OfStrings(length);
        ReadStrings(values, maxLength, field, wide);
        return values;
    }

    /// <summary>Reads a sequence of messages.</summary>
    /// <typeparam name="T">Type of the messages.</typeparam>
    /// <param name="values">The list to fill; the messages in it are filled again.</param>
    /// <param name="maxCount">The most messages that are allowed.</param>
    /// <param name="field">The field's name for the exception.</param>
    /// <exception cref="CdrException">The message ends before the sequence does, or a limit is broken.</exception>
    public void ReadMessageSequence<T>(List<T> values, int maxCount = int.MaxValue, string field = "")
        where T : IMessage, new()
    {
        // No message takes less than a byte. The list grows only as messages have been read.
        var count = ReadCount(1, maxCount, field);
        Shorten(values, count);
        for (var i = 0; i < count; i++)
        {
            if (i == values.Count)
                values.Add(new T());

            values[i].Deserialize(ref this);
        }
    }

    /// <summary>Reads an array of messages.</summary>
    /// <typeparam name="T">Type of the messages.</typeparam>
    /// <param name="previous">The array to fill if it has the right length; the messages in it are filled again.</param>
    /// <param name="length">How many messages the array has.</param>
    /// <returns>The filled array: <paramref name="previous"/>, or a new one if that had another length.</returns>
    /// <exception cref="CdrException">The message ends before the array does, or a limit is broken.</exception>
    public T[] ReadMessageArray<T>(T[] previous, int length)
        where T : IMessage, new()
    {
        var values = previous.Length == length ? previous : FixedArray.OfMessages<T>(length);
        foreach (var value in values)
            value.Deserialize(ref this);

        return values;
    }

    private static void Shorten<T>(List<T> values, int count)
    {
        if (values.Count > count)
            values.RemoveRange(count, values.Count - count);
    }

    private static string DecodeUtf8(ReadOnlySpan<byte> utf8, string previous)
    {
        if (utf8.Length <= StackChars)
            return Decode(utf8, stackalloc char[StackChars], previous);

        var rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        var text = Decode(utf8, rented, previous);
        ArrayPool<char>.Shared.Return(rented);
        return text;

        static string Decode(ReadOnlySpan<byte> utf8, Span<char> chars, string previous) =>
            Reuse(chars[..Encoding.UTF8.GetChars(utf8, chars)], previous);
    }

    private static string Reuse(ReadOnlySpan<char> text, string previous)
    {
        if (text.IsEmpty)
            return "";

        return text.SequenceEqual(previous) ? previous : text.ToString();
    }

    private void ReadStrings(Span<string> values, int maxLength, string field, bool wide)
    {
        foreach (ref var value in values)
            value = wide ? ReadWString(value, maxLength, field) : ReadString(value, maxLength, field);
    }

    private int ReadCount(int minElementSize, int maxCount, string field)
    {
        var count = ReadUInt32();
        var remaining = _body.Length - _position;
        if (count > (uint)(remaining / minElementSize))
        {
            throw new CdrException(
                $"The message announces {count} elements at byte {Position - sizeof(uint)}, "
                + $"but only {remaining} bytes follow.");
        }

        CdrLimit.CheckCount((int)count, maxCount, field);
        return (int)count;
    }

    private void ReadValues<T>(Span<T> values)
        where T : unmanaged
    {
        // Without values there is no padding in front of them either.
        if (values.IsEmpty)
            return;

        var bytes = MemoryMarshal.AsBytes(values);
        Take(bytes.Length, Unsafe.SizeOf<T>()).CopyTo(bytes);

        if (typeof(T) == typeof(bool))
            MakeBooleans(bytes);
        else if (_swap)
            Reverse(bytes, Unsafe.SizeOf<T>());
    }

    /// <summary>A bool that is neither 0 nor 1 in memory would not equal true.</summary>
    private static void MakeBooleans(Span<byte> bytes)
    {
        foreach (ref var value in bytes)
            value = value == 0 ? (byte)0 : (byte)1;
    }

    private static void Reverse(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case sizeof(ushort):
                var shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case sizeof(uint):
                var ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case sizeof(ulong):
                var longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    private ReadOnlySpan<byte> Take(int size, int alignment)
    {
        var start = CdrEncapsulation.Align(_position, alignment);
        if ((uint)start > (uint)_body.Length || size > _body.Length - start)
        {
            throw new CdrException(
                $"The message ends at byte {CdrEncapsulation.Size + _body.Length}, "
                + $"but {size} bytes were expected at byte {CdrEncapsulation.Size + (long)start}.");
        }

        _position = start + size;
        return _body.Slice(start, size);
    }
}

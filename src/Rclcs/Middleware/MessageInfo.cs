using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace rclcs;

/// <summary>What the middleware knows about a received message.</summary>
/// <param name="SourceTimestamp">When it was published: nanoseconds since 1970 on the publisher's clock.</param>
/// <param name="PublisherGid">Which publisher it came from.</param>
public readonly record struct MessageInfo(long SourceTimestamp, Gid PublisherGid);

/// <summary>Identity of a publisher, subscription or participant, unique in the domain: the DDS GUID of 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Gid : IEquatable<Gid>
{
    /// <summary>Bytes in a gid.</summary>
    public const int Size = 16;

    private readonly ulong _first;
    private readonly ulong _second;

    /// <summary>Makes a gid from its bytes.</summary>
    /// <param name="bytes">At least 16 bytes, of which the first 16 count.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public Gid(ReadOnlySpan<byte> bytes)
    {
        _first = MemoryMarshal.Read<ulong>(bytes);
        _second = MemoryMarshal.Read<ulong>(bytes[sizeof(ulong)..]);
    }

    /// <summary>Writes the 16 bytes.</summary>
    /// <param name="bytes">Where to, at least 16 bytes.</param>
    public void CopyTo(Span<byte> bytes)
    {
        MemoryMarshal.Write(bytes, _first);
        MemoryMarshal.Write(bytes[sizeof(ulong)..], _second);
    }

    /// <inheritdoc/>
    public bool Equals(Gid other) => _first == other._first && _second == other._second;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Gid other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_first, _second);

    /// <summary>The bytes as 32 hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return $"{BinaryPrimitives.ReadUInt64BigEndian(bytes):x16}"
            + $"{BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]):x16}";
    }

    /// <summary>Same bytes?</summary>
    public static bool operator ==(Gid left, Gid right) => left.Equals(right);

    /// <summary>Different bytes?</summary>
    public static bool operator !=(Gid left, Gid right) => !left.Equals(right);
}

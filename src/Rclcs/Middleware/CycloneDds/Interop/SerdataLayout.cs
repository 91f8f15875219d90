using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

/// <summary>
/// A serialized sample: <c>struct ddsi_serdata</c> (72 bytes in 0.10.2 as Debian builds it, 56 in 0.10.5 without
/// shared memory), then our own fields, then the CDR.
/// </summary>
[StructLayout(LayoutKind.Explicit)]
internal struct SerdataLayout
{
    public const int KindKey = 1;
    public const int KindData = 2;

    /// <summary>Everything of the library lies before here.</summary>
    public const int LibrarySize = 128;

    /// <summary>
    /// Where the CDR starts. Its header of four bytes comes first, so the body, from which alignment counts,
    /// starts at a multiple of 64.
    /// </summary>
    public const int DataOffset = 188;

    [FieldOffset(0)]
    public nint Operations;

    [FieldOffset(8)]
    public uint Hash;

    [FieldOffset(12)]
    public uint ReferenceCount;

    [FieldOffset(16)]
    public int Kind;

    [FieldOffset(24)]
    public nint Sertype;

    [FieldOffset(40)]
    public uint StatusInfo;

    /// <summary>Ours: bytes of CDR with its header, a multiple of four.</summary>
    [FieldOffset(LibrarySize)]
    public int DataLength;
}

/// <summary>
/// The fields of <c>struct ddsi_sertype</c> that are used here: 80 bytes in 0.10.2 as Debian builds it (with shared
/// memory), 72 in 0.10.5 without, the same up to there on every 64-bit machine.
/// </summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct SertypeLayout
{
    /// <summary>Bytes to allocate: more than any 0.10 needs.</summary>
    public const int AllocatedSize = 256;

    /// <summary>The bit for plain XCDR1 in <see cref="AllowedDataRepresentation"/>.</summary>
    public const uint Xcdr1 = 1;

    [FieldOffset(0)]
    public nint Operations;

    [FieldOffset(8)]
    public nint SerdataOperations;

    /// <summary>Bit 0: no key.</summary>
    [FieldOffset(20)]
    public uint Flags;

    [FieldOffset(24)]
    public uint AllowedDataRepresentation;

    [FieldOffset(32)]
    public byte* TypeName;

    /// <summary>The domain, once registered there.</summary>
    [FieldOffset(40)]
    public nint Registration;

    [FieldOffset(48)]
    public uint ReferenceCount;
}

/// <summary><c>struct nn_rdata</c>: a piece of a sample in a packet that came from the network.</summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct FragmentLayout
{
    /// <summary>Size of <c>struct nn_rmsg</c>, behind which the packet lies.</summary>
    public const int MessageHeaderSize = 48;

    [FieldOffset(0)]
    public byte* Message;

    [FieldOffset(8)]
    public FragmentLayout* Next;

    /// <summary>First byte of the sample that this piece holds.</summary>
    [FieldOffset(16)]
    public uint Start;

    /// <summary>First byte of the sample that it holds no longer.</summary>
    [FieldOffset(20)]
    public uint End;

    /// <summary>Where in the packet the piece lies.</summary>
    [FieldOffset(26)]
    public ushort PayloadOffset;

    [FieldOffset(28)]
    public ushort KeyHashOffset;

    /// <summary>The first byte of the piece.</summary>
    public readonly byte* Payload => Message + MessageHeaderSize + PayloadOffset;
}

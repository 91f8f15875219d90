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

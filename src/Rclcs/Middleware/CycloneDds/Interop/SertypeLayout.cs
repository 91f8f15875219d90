using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

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

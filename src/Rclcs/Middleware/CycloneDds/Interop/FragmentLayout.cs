using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

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

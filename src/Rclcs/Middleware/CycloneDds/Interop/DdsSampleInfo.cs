using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

/// <summary><c>dds_sample_info_t</c>: 64 bytes, of which the fields used here are named.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct DdsSampleInfo
{
    /// <summary>16: alive, 32: disposed, 64: no writers.</summary>
    [FieldOffset(8)]
    public int InstanceState;

    /// <summary>0 where the sample only tells that a writer has gone.</summary>
    [FieldOffset(12)]
    public byte ValidData;

    /// <summary>Nanoseconds since 1970 at the writer.</summary>
    [FieldOffset(16)]
    public long SourceTimestamp;

    [FieldOffset(24)]
    public ulong InstanceHandle;

    [FieldOffset(32)]
    public ulong PublicationHandle;
}

using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

/// <summary><c>ddsrt_iovec_t</c> on POSIX.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DdsIovec
{
    public byte* Base;
    public nuint Length;
}

/// <summary><c>dds_builtintopic_participant_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct DdsBuiltinParticipant
{
    public readonly Gid Key;
    public readonly nint Qos;
}

/// <summary><c>dds_builtintopic_endpoint_t</c>: a reader or writer somewhere in the domain.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct DdsBuiltinEndpoint
{
    public readonly Gid Key;
    public readonly Gid ParticipantKey;
    public readonly ulong ParticipantInstanceHandle;
    public readonly byte* TopicName;
    public readonly byte* TypeName;
    public readonly nint Qos;
}

/// <summary><c>dds_offered_incompatible_qos_status_t</c> and its requested twin, which are alike.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct DdsIncompatibleQosStatus
{
    public readonly uint TotalCount;
    public readonly int TotalCountChange;
    public readonly uint LastPolicyId;
}

/// <summary><c>dds_publication_matched_status_t</c> and <c>dds_subscription_matched_status_t</c>, which are alike.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct DdsMatchedStatus
{
    public readonly uint TotalCount;
    public readonly int TotalCountChange;
    public readonly uint CurrentCount;
    public readonly int CurrentCountChange;
    public readonly ulong LastHandle;
}

/// <summary><c>dds_sample_info_t</c>: 64 bytes, of which the fields used here are named.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct DdsSampleInfo
{
    /// <summary>16: alive, 32: disposed, 64: no writers.</summary>
    [FieldOffset(8)]
    public int InstanceState;

    /// <summary>0 where the sample only reports that a writer is gone.</summary>
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

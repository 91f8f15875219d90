using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

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

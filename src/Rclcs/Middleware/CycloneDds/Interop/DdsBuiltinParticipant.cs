using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

/// <summary><c>dds_builtintopic_participant_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct DdsBuiltinParticipant
{
    public readonly Gid Key;
    public readonly nint Qos;
}

using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

/// <summary><c>dds_offered_incompatible_qos_status_t</c> and its requested twin, which are alike.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct DdsIncompatibleQosStatus
{
    public readonly uint TotalCount;
    public readonly int TotalCountChange;
    public readonly uint LastPolicyId;
}

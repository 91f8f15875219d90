using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

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

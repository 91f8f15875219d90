using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary><c>rcl_topic_endpoint_info_array_t</c>. For its elements see <see cref="RclEndpointInfo"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RclEndpointArray
{
    public nuint Count;
    public byte* Endpoints;
}

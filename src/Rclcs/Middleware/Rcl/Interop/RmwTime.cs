using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary><c>rmw_time_t</c>: a duration.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RmwTime
{
    public ulong Seconds;
    public ulong Nanoseconds;
}

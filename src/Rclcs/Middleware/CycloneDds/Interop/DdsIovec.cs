using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

/// <summary><c>ddsrt_iovec_t</c> on POSIX.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DdsIovec
{
    public byte* Base;
    public nuint Length;
}

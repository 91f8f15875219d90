using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary><c>rcl_names_and_types_t</c>: names, and for each of them the types that go by it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RclNamesAndTypes
{
    public RclStringArray Names;
    public RclStringArray* Types;
}

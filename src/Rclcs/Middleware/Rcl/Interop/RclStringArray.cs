using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary><c>rcutils_string_array_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RclStringArray
{
    public nuint Count;
    public nint* Texts;
    public RclAllocator Allocator;

    /// <summary>A text of the array.</summary>
    public readonly string this[nuint index] => Marshal.PtrToStringUTF8(Texts[index]) ?? "";
}

using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary><c>rcutils_allocator_t</c>: functions that allocate, and what is passed to each of them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RclAllocator
{
    public delegate* unmanaged<nuint, void*, void*> Allocate;
    public delegate* unmanaged<void*, void*, void> Deallocate;
    public delegate* unmanaged<void*, nuint, void*, void*> Reallocate;
    public delegate* unmanaged<nuint, nuint, void*, void*> ZeroAllocate;
    public void* State;
}

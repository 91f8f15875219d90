using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary><c>rmw_serialized_message_t</c>: CDR with its header, in memory of its allocator.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SerializedMessage
{
    public byte* Buffer;
    public nuint Length;
    public nuint Capacity;
    public RclAllocator Allocator;

    /// <summary>Our own, behind the library's: bytes that there are at <see cref="Buffer"/>, whatever the capacity says.</summary>
    public nuint Room;
}

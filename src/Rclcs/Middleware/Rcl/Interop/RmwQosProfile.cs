using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary><c>rmw_qos_profile_t</c>, 88 bytes on all distributions. Enumerations are in the order of our own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct RmwQosProfile
{
    [FieldOffset(0)]
    public int History;

    [FieldOffset(8)]
    public nuint Depth;

    [FieldOffset(16)]
    public int Reliability;

    [FieldOffset(20)]
    public int Durability;

    [FieldOffset(24)]
    public RmwTime Deadline;

    [FieldOffset(40)]
    public RmwTime Lifespan;

    [FieldOffset(56)]
    public int Liveliness;

    [FieldOffset(64)]
    public RmwTime LeaseDuration;

    [FieldOffset(80)]
    public byte AvoidRosNamespaceConventions;
}

using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary>
/// <c>rcl_wait_set_t</c>, the same on all distributions: arrays of what is waited for and their lengths. A wait sets to null
/// what is not ready.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RclWaitSetLayout
{
    public nint* Subscriptions;
    public nuint SubscriptionCount;
    public nint* GuardConditions;
    public nuint GuardConditionCount;
    public nint* Timers;
    public nuint TimerCount;
    public nint* Clients;
    public nuint ClientCount;
    public nint* Services;
    public nuint ServiceCount;
    public nint* Events;
    public nuint EventCount;
    public nint Implementation;
}

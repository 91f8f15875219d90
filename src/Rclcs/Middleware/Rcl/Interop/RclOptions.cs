using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary>
/// Room for the options of a node or an entity, whose size differs from one distribution to the next (144 to 160 bytes).
/// They are returned by value, which with this size means: written where the caller says, so more room does no harm.
/// </summary>
/// <remarks>Those of entities begin with their quality of service on all distributions. The rest stays as it came.</remarks>
[InlineArray(Size)]
internal struct RclOptions
{
    private const int Size = 64;

    // Words, so that the compiler aligns the structure as C does.
    private ulong _first;

    /// <summary>The quality of service of an entity's options.</summary>
    public RmwQosProfile Qos
    {
        set => MemoryMarshal.Cast<ulong, RmwQosProfile>(MemoryMarshal.CreateSpan(ref _first, Size))[0] = value;
    }
}

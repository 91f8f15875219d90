using System.Runtime.InteropServices;
using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>The middleware of a sourced ROS 2: librcl on the rmw implementation that the robot uses.</summary>
internal sealed class RclMiddleware : IMiddleware
{
    private RclMiddleware()
    {
        var rmw = Marshal.PtrToStringUTF8(Librcl.rmw_get_implementation_identifier()) ?? "no rmw";
        Version = $"{RclLibrary.FindVersion()} on {rmw}";
    }

    /// <inheritdoc/>
    public string Name => "rcl";

    /// <inheritdoc/>
    public string Version { get; }

    /// <summary>Loads librcl.</summary>
    /// <returns>The middleware, or null where there is no librcl.</returns>
    public static RclMiddleware? TryLoad() => RclLibrary.TryLoad() ? new RclMiddleware() : null;

    /// <inheritdoc/>
    public IMiddlewareContext CreateContext(MiddlewareOptions options) => new RclContext(options);
}

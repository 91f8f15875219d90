using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>The embedded middleware: Eclipse Cyclone DDS 0.10, called without anything of ROS 2 on the machine.</summary>
internal sealed class CycloneMiddleware : IMiddleware
{
    /// <summary>Loads the library.</summary>
    /// <exception cref="RuntimeError">It is missing or not the expected one.</exception>
    public CycloneMiddleware() => Version = DdscLibrary.Load();

    /// <inheritdoc/>
    public string Name => "cyclonedds";

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public IMiddlewareContext CreateContext(MiddlewareOptions options) => new CycloneContext(options);
}

using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>
/// Finds what rcl has to know about a message or service, in the libraries that every interface package of ROS 2
/// installs. It is opaque, and lives as long as the process.
/// </summary>
internal static unsafe class TypeSupport
{
    private static readonly ConcurrentDictionary<string, nint> Functions = [];

    /// <summary>An <c>rosidl_message_type_support_t*</c>.</summary>
    /// <param name="type">For example <c>std_msgs/msg/String</c>.</param>
    /// <exception cref="RuntimeError">The package is not there, or has no such type.</exception>
    public static nint OfMessage(string type) => Get(type, "message");

    private static nint Get(string type, string kind)
    {
        var function = Find(
            type, "rosidl_typesupport_c", $"rosidl_typesupport_c__get_{kind}_type_support_handle__{{0}}");
        return ((delegate* unmanaged<nint>)function)();
    }

    /// <summary>Finds a function of an interface package.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="library">Which of the package's libraries.</param>
    /// <param name="format">The name of the function, but for that of the type.</param>
    private static nint Find(string type, string library, string format)
    {
        var name = string.Format(null, format, type.Replace("/", "__", StringComparison.Ordinal));
        return Functions.GetOrAdd(
            name,
            static (name, type) =>
            {
                var package = type.Type[..type.Type.IndexOf('/', StringComparison.Ordinal)];
                if (!RclLibrary.TryLoad($"lib{package}__{type.Library}.so", out var handle))
                {
                    var distro = Environment.GetEnvironmentVariable("ROS_DISTRO") ?? "<distro>";
                    throw new RuntimeError(
                        $"The interface package {package} of {type.Type} is not installed or not sourced: install "
                        + $"ros-{distro}-{package.Replace('_', '-')}, or build it and source its workspace.");
                }

                return NativeLibrary.TryGetExport(handle, name, out var function)
                    ? function
                    : throw new RuntimeError(
                        $"The interface package {package} that is installed has no {type.Type}: install another "
                        + "version of it, or build it and source its workspace.");
            },
            (Type: type, Library: library));
    }
}

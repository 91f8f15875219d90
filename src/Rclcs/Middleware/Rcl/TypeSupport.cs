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

    /// <summary>An <c>rosidl_service_type_support_t*</c>.</summary>
    /// <param name="type">For example <c>std_srvs/srv/SetBool</c>.</param>
    /// <exception cref="RuntimeError">The package is not there, or has no such type.</exception>
    public static nint OfService(string type) => Get(type, "service");

    /// <summary>A function that goes with the structure that C has for a message.</summary>
    /// <param name="type">For example <c>std_srvs/srv/SetBool_Request</c>.</param>
    /// <param name="function"><c>create</c> or <c>destroy</c>.</param>
    /// <exception cref="RuntimeError">The package is not there, or has no such type.</exception>
    public static nint FunctionOf(string type, string function) =>
        Find(type, "rosidl_generator_c", $"{ToC(type)}__{function}");

    /// <summary>
    /// What <c>rosidl_typesupport_introspection_c</c> knows of a message: its <c>rosidl_message_type_support_t*</c>; 0 where the
    /// package comes without.
    /// </summary>
    /// <param name="type">For example <c>sensor_msgs/msg/Image</c>.</param>
    public static nint IntrospectionOf(string type)
    {
        const string Library = "rosidl_typesupport_introspection_c";
        return RclLibrary.TryLoad($"lib{PackageOf(type)}__{Library}.so", out var handle)
            && NativeLibrary.TryGetExport(handle, $"{Library}__get_message_type_support_handle__{ToC(type)}", out var address)
                ? ((delegate* unmanaged<nint>)address)()
                : 0;
    }

    private static nint Get(string type, string kind) => ((delegate* unmanaged<nint>)Find(
        type, "rosidl_typesupport_c", $"rosidl_typesupport_c__get_{kind}_type_support_handle__{ToC(type)}"))();

    private static string DebianPackage(string package) =>
        $"ros-{Environment.GetEnvironmentVariable("ROS_DISTRO") ?? "<distro>"}-{package.Replace('_', '-')}";

    private static string PackageOf(string type) => type[..type.IndexOf('/', StringComparison.Ordinal)];

    private static string ToC(string type) => type.Replace("/", "__", StringComparison.Ordinal);

    /// <summary>Finds a function in one of the libraries of a type's package.</summary>
    private static nint Find(string type, string library, string function) => Functions.GetOrAdd(
        function,
        static (function, type) =>
        {
            var package = PackageOf(type.Name);
            if (!RclLibrary.TryLoad($"lib{package}__{type.Library}.so", out var handle))
            {
                throw new RuntimeError(
                    $"The interface package {package} of {type.Name} is not installed or not sourced: install "
                    + $"{DebianPackage(package)} if ROS has it, or build it and source its workspace.");
            }

            return NativeLibrary.TryGetExport(handle, function, out var address)
                ? address
                : throw new RuntimeError(
                    $"The interface package {package} that is installed has no {type.Name}: install another version of "
                    + "it, or build it and source its workspace.");
        },
        (Name: type, Library: library));
}

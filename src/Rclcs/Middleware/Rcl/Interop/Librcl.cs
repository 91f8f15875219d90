using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary>The functions of librcl, and of rmw and rcutils below it, that this library calls, with their C names and types.</summary>
/// <remarks>
/// Their prototypes are the same from Humble to Kilted. Structures are opaque, see <see cref="RclHandle"/>, but for a
/// few, of which those that a distribution has changed are told apart where they are read. What returns an int returns an <c>rcl_ret_t</c>, see <see cref="RclError"/>.
/// </remarks>
internal static unsafe partial class Librcl
{
    /// <summary>Resolved by <see cref="RclLibrary"/>; no file of this name need exist.</summary>
    public const string Library = "rcl";

    [LibraryImport(Library)]
    public static partial RclAllocator rcutils_get_default_allocator();

    [LibraryImport(Library)]
    public static partial RclErrorText rcutils_get_error_string();

    [LibraryImport(Library)]
    public static partial void rcutils_reset_error();

    [LibraryImport(Library)]
    public static partial int rcutils_string_array_fini(RclStringArray* array);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.I1)]
    public static partial bool rosidl_runtime_c__String__assignn(void* text, byte* value, nuint length);

    [LibraryImport(Library)]
    public static partial nint rmw_get_implementation_identifier();

    [LibraryImport(Library)]
    public static partial int rmw_serialize(nint message, nint typeSupport, SerializedMessage* serialized);

    [LibraryImport(Library)]
    public static partial int rmw_deserialize(SerializedMessage* serialized, nint typeSupport, nint message);

    [LibraryImport(Library)]
    public static partial int rmw_topic_endpoint_info_array_fini(RclEndpointArray* array, RclAllocator* allocator);

    [LibraryImport(Library)]
    public static partial int rcl_init_options_init(nint options, RclAllocator allocator);

    [LibraryImport(Library)]
    public static partial int rcl_init_options_set_domain_id(nint options, nuint domainId);

    [LibraryImport(Library)]
    public static partial int rcl_init_options_fini(nint options);

    [LibraryImport(Library)]
    public static partial int rcl_init(int argc, byte** argv, nint options, nint context);

    [LibraryImport(Library)]
    public static partial int rcl_shutdown(nint context);

    [LibraryImport(Library)]
    public static partial int rcl_context_fini(nint context);

    [LibraryImport(Library)]
    public static partial RclOptions rcl_node_get_default_options();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rcl_node_init(
        nint node, string name, string nodeNamespace, nint context, RclOptions* options);

    [LibraryImport(Library)]
    public static partial int rcl_node_options_fini(RclOptions* options);

    [LibraryImport(Library)]
    public static partial int rcl_node_fini(nint node);

    [LibraryImport(Library)]
    public static partial nint rcl_node_get_graph_guard_condition(nint node);

    [LibraryImport(Library)]
    public static partial RclOptions rcl_publisher_get_default_options();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rcl_publisher_init(
        nint publisher, nint node, nint typeSupport, string topic, RclOptions* options);

    [LibraryImport(Library)]
    public static partial int rcl_publisher_fini(nint publisher, nint node);

    [LibraryImport(Library)]
    public static partial int rcl_publish(RclHandle publisher, nint message, nint allocation);

    [LibraryImport(Library)]
    public static partial int rcl_publish_serialized_message(
        RclHandle publisher, SerializedMessage* message, nint allocation);

    [LibraryImport(Library)]
    public static partial int rcl_publisher_get_subscription_count(RclHandle publisher, nuint* count);

    [LibraryImport(Library)]
    public static partial RclOptions rcl_subscription_get_default_options();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rcl_subscription_init(
        nint subscription, nint node, nint typeSupport, string topic, RclOptions* options);

    [LibraryImport(Library)]
    public static partial int rcl_subscription_fini(nint subscription, nint node);

    [LibraryImport(Library)]
    public static partial int rcl_take_serialized_message(
        RclHandle subscription, SerializedMessage* message, byte* messageInfo, nint allocation);

    [LibraryImport(Library)]
    public static partial int rcl_subscription_get_publisher_count(RclHandle subscription, nuint* count);

    [LibraryImport(Library)]
    public static partial RclOptions rcl_service_get_default_options();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rcl_service_init(nint service, nint node, nint typeSupport, string name, RclOptions* options);

    [LibraryImport(Library)]
    public static partial int rcl_service_fini(nint service, nint node);

    [LibraryImport(Library)]
    public static partial int rcl_take_request(RclHandle service, byte* id, nint request);

    [LibraryImport(Library)]
    public static partial int rcl_send_response(RclHandle service, byte* id, nint response);

    [LibraryImport(Library)]
    public static partial RclOptions rcl_client_get_default_options();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rcl_client_init(nint client, nint node, nint typeSupport, string name, RclOptions* options);

    [LibraryImport(Library)]
    public static partial int rcl_client_fini(nint client, nint node);

    [LibraryImport(Library)]
    public static partial int rcl_send_request(RclHandle client, nint request, long* sequenceNumber);

    [LibraryImport(Library)]
    public static partial int rcl_take_response(RclHandle client, byte* id, nint response);

    [LibraryImport(Library)]
    public static partial int rcl_service_server_is_available(RclHandle node, RclHandle client, byte* isAvailable);

    [LibraryImport(Library)]
    public static partial int rcl_publisher_event_init(nint @event, nint publisher, int type);

    [LibraryImport(Library)]
    public static partial int rcl_subscription_event_init(nint @event, nint subscription, int type);

    [LibraryImport(Library)]
    public static partial int rcl_take_event(RclHandle @event, byte* status);

    [LibraryImport(Library)]
    public static partial int rcl_event_fini(nint @event);

    [LibraryImport(Library)]
    public static partial int rcl_guard_condition_init(nint condition, nint context, RclAllocator options);

    [LibraryImport(Library)]
    public static partial int rcl_trigger_guard_condition(RclHandle condition);

    [LibraryImport(Library)]
    public static partial int rcl_guard_condition_fini(nint condition);

    [LibraryImport(Library)]
    public static partial int rcl_wait_set_init(
        nint waitSet,
        nuint subscriptions,
        nuint guardConditions,
        nuint timers,
        nuint clients,
        nuint services,
        nuint events,
        nint context,
        RclAllocator allocator);

    [LibraryImport(Library)]
    public static partial int rcl_wait_set_resize(
        RclHandle waitSet,
        nuint subscriptions,
        nuint guardConditions,
        nuint timers,
        nuint clients,
        nuint services,
        nuint events);

    [LibraryImport(Library)]
    public static partial int rcl_wait_set_clear(RclHandle waitSet);

    [LibraryImport(Library)]
    public static partial int rcl_wait_set_add_subscription(RclHandle waitSet, RclHandle subscription, nuint* index);

    [LibraryImport(Library)]
    public static partial int rcl_wait_set_add_guard_condition(RclHandle waitSet, RclHandle condition, nuint* index);

    [LibraryImport(Library)]
    public static partial int rcl_wait_set_add_client(RclHandle waitSet, RclHandle client, nuint* index);

    [LibraryImport(Library)]
    public static partial int rcl_wait_set_add_service(RclHandle waitSet, RclHandle service, nuint* index);

    [LibraryImport(Library)]
    public static partial int rcl_wait_set_add_event(RclHandle waitSet, RclHandle @event, nuint* index);

    [LibraryImport(Library)]
    public static partial int rcl_wait(RclHandle waitSet, long timeoutNanoseconds);

    [LibraryImport(Library)]
    public static partial int rcl_wait_set_fini(nint waitSet);

    [LibraryImport(Library)]
    public static partial int rcl_get_node_names(
        RclHandle node, RclAllocator allocator, RclStringArray* names, RclStringArray* namespaces);

    [LibraryImport(Library)]
    public static partial int rcl_get_topic_names_and_types(
        RclHandle node, RclAllocator* allocator, byte noDemangle, RclNamesAndTypes* namesAndTypes);

    [LibraryImport(Library)]
    public static partial int rcl_get_service_names_and_types(
        RclHandle node, RclAllocator* allocator, RclNamesAndTypes* namesAndTypes);

    [LibraryImport(Library)]
    public static partial int rcl_names_and_types_fini(RclNamesAndTypes* namesAndTypes);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rcl_get_publishers_info_by_topic(
        RclHandle node, RclAllocator* allocator, string topic, byte noMangle, RclEndpointArray* endpoints);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rcl_get_subscriptions_info_by_topic(
        RclHandle node, RclAllocator* allocator, string topic, byte noMangle, RclEndpointArray* endpoints);
}

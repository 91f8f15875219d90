using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

/// <summary>The functions of libddsc 0.10 that this library calls, with their C names and types.</summary>
/// <remarks>
/// Entities are process-wide integer handles: a call with the handle of a deleted entity returns an error code.
/// A <c>dds_return_t</c> below 0 is an error, see <see cref="DdsError"/>.
/// </remarks>
internal static unsafe partial class Ddsc
{
    /// <summary>Resolved by <see cref="DdscLibrary"/>; no file of this name need exist.</summary>
    public const string Library = "ddsc";

    [LibraryImport(Library)]
    public static partial int dds_create_domain(uint domainId, byte* config);

    [LibraryImport(Library)]
    public static partial int dds_create_participant(uint domainId, nint qos, nint listener);

    [LibraryImport(Library)]
    public static partial int dds_create_publisher(int participant, nint qos, nint listener);

    [LibraryImport(Library)]
    public static partial int dds_create_subscriber(int participant, nint qos, nint listener);

    [LibraryImport(Library)]
    public static partial int dds_create_topic_sertype(
        int participant, byte* name, nint* sertype, nint qos, nint listener, nint sedpPlist);

    [LibraryImport(Library)]
    public static partial int dds_create_writer(int publisher, int topic, nint qos, nint listener);

    [LibraryImport(Library)]
    public static partial int dds_create_reader(int subscriber, int topic, nint qos, nint listener);

    [LibraryImport(Library)]
    public static partial int dds_delete(int entity);

    [LibraryImport(Library)]
    public static partial int dds_get_guid(int entity, Gid* guid);

    [LibraryImport(Library)]
    public static partial int dds_writecdr(int writer, nint serdata);

    [LibraryImport(Library)]
    public static partial int dds_takecdr(int reader, nint* serdata, uint max, DdsSampleInfo* info, uint mask);

    [LibraryImport(Library)]
    public static partial int dds_take(int reader, void** samples, DdsSampleInfo* info, nuint size, uint max);

    [LibraryImport(Library)]
    public static partial int dds_return_loan(int reader, void** samples, int count);

    [LibraryImport(Library)]
    public static partial DdsBuiltinEndpoint* dds_get_matched_publication_data(int reader, ulong handle);

    [LibraryImport(Library)]
    public static partial DdsBuiltinEndpoint* dds_get_matched_subscription_data(int writer, ulong handle);

    [LibraryImport(Library)]
    public static partial int dds_get_matched_publications(int reader, ulong* handles, nuint size);

    [LibraryImport(Library)]
    public static partial int dds_get_matched_subscriptions(int writer, ulong* handles, nuint size);

    [LibraryImport(Library)]
    public static partial int dds_get_instance_handle(int entity, ulong* handle);

    [LibraryImport(Library)]
    public static partial void dds_builtintopic_free_endpoint(DdsBuiltinEndpoint* endpoint);

    [LibraryImport(Library)]
    public static partial int dds_create_readcondition(int reader, uint mask);

    [LibraryImport(Library)]
    public static partial int dds_create_guardcondition(int owner);

    [LibraryImport(Library)]
    public static partial int dds_set_guardcondition(int condition, byte triggered);

    [LibraryImport(Library)]
    public static partial int dds_create_waitset(int owner);

    [LibraryImport(Library)]
    public static partial int dds_waitset_attach(int waitSet, int entity, nint argument);

    [LibraryImport(Library)]
    public static partial int dds_waitset_detach(int waitSet, int entity);

    [LibraryImport(Library)]
    public static partial int dds_waitset_wait(int waitSet, nint* arguments, nuint count, long timeoutNanoseconds);

    [LibraryImport(Library)]
    public static partial nint dds_create_listener(nint argument);

    [LibraryImport(Library)]
    public static partial void dds_delete_listener(nint listener);

    [LibraryImport(Library)]
    public static partial void dds_lset_publication_matched(
        nint listener, delegate* unmanaged<int, DdsMatchedStatus, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void dds_lset_subscription_matched(
        nint listener, delegate* unmanaged<int, DdsMatchedStatus, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void dds_lset_offered_incompatible_qos(
        nint listener, delegate* unmanaged<int, DdsIncompatibleQosStatus, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void dds_lset_requested_incompatible_qos(
        nint listener, delegate* unmanaged<int, DdsIncompatibleQosStatus, nint, void> callback);

    [LibraryImport(Library)]
    public static partial nint dds_create_qos();

    [LibraryImport(Library)]
    public static partial void dds_delete_qos(nint qos);

    [LibraryImport(Library)]
    public static partial void dds_qset_userdata(nint qos, byte* value, nuint size);

    [LibraryImport(Library)]
    public static partial void dds_qset_prop(nint qos, byte* name, byte* value);

    [LibraryImport(Library)]
    public static partial byte dds_qget_userdata(nint qos, byte** value, nuint* size);

    [LibraryImport(Library)]
    public static partial void dds_free(void* memory);

    [LibraryImport(Library)]
    public static partial void dds_qset_history(nint qos, int kind, int depth);

    [LibraryImport(Library)]
    public static partial byte dds_qget_history(nint qos, int* kind, int* depth);

    [LibraryImport(Library)]
    public static partial void dds_qset_reliability(nint qos, int kind, long maxBlockingTime);

    [LibraryImport(Library)]
    public static partial byte dds_qget_reliability(nint qos, int* kind, long* maxBlockingTime);

    [LibraryImport(Library)]
    public static partial void dds_qset_durability(nint qos, int kind);

    [LibraryImport(Library)]
    public static partial byte dds_qget_durability(nint qos, int* kind);

    [LibraryImport(Library)]
    public static partial void dds_qset_durability_service(
        nint qos,
        long cleanupDelay,
        int historyKind,
        int historyDepth,
        int maxSamples,
        int maxInstances,
        int maxSamplesPerInstance);

    [LibraryImport(Library)]
    public static partial void dds_qset_deadline(nint qos, long deadline);

    [LibraryImport(Library)]
    public static partial byte dds_qget_deadline(nint qos, long* deadline);

    [LibraryImport(Library)]
    public static partial void dds_qset_lifespan(nint qos, long lifespan);

    [LibraryImport(Library)]
    public static partial byte dds_qget_lifespan(nint qos, long* lifespan);

    [LibraryImport(Library)]
    public static partial void dds_qset_liveliness(nint qos, int kind, long leaseDuration);

    [LibraryImport(Library)]
    public static partial byte dds_qget_liveliness(nint qos, int* kind, long* leaseDuration);

    [LibraryImport(Library)]
    public static partial void dds_qset_writer_data_lifecycle(nint qos, byte autodispose);

    [LibraryImport(Library)]
    public static partial void dds_qset_ignorelocal(nint qos, int kind);

    [LibraryImport(Library)]
    public static partial byte* dds_strretcode(int code);

    [LibraryImport(Library)]
    public static partial void ddsi_sertype_init(
        nint sertype, byte* typeName, nint sertypeOperations, nint serdataOperations, byte hasNoKey);

    [LibraryImport(Library)]
    public static partial void ddsi_sertype_fini(nint sertype);

    [LibraryImport(Library)]
    public static partial void ddsi_sertype_unref(nint sertype);

    [LibraryImport(Library)]
    public static partial void ddsi_serdata_init(nint serdata, nint sertype, int kind);

    [LibraryImport(Library)]
    public static partial nint ddsi_serdata_ref(nint serdata);

    [LibraryImport(Library)]
    public static partial void ddsi_serdata_unref(nint serdata);

    [LibraryImport(Library)]
    public static partial nint ddsi_serdata_keyhash_from_fragchain(nint fragments);
}

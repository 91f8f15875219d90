using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>An endpoint whose news come by a listener.</summary>
/// <remarks>
/// The listener is called on the library's threads, or on the one that creates an endpoint in this process. It only
/// signals, and makes no call into the library. It knows its endpoint by a number, not by a pointer, for a writer that another
/// thread is writing with outlives the endpoint, and its listener with it.
/// </remarks>
internal abstract unsafe class CycloneEndpoint : MiddlewareEndpoint
{
    private static readonly ConcurrentDictionary<nint, CycloneEndpoint> Endpoints = new();
    private static long _last;

    private nint _number;

    /// <summary>Identity in the domain.</summary>
    public Gid Gid { get; private set; }

    /// <inheritdoc/>
    protected sealed override void DisposeEntity()
    {
        DeleteEntity();
        Endpoints.TryRemove(_number, out _);
    }

    /// <summary>Creates the entity with a listener of ours.</summary>
    /// <param name="create">Creates it with this <c>dds_listener_t*</c>, which is copied.</param>
    /// <param name="id">Its number.</param>
    /// <returns>What was created.</returns>
    protected T CreateWithListener<T>(Func<nint, T> create, Func<T, int> id)
        where T : class, IDisposable
    {
        _number = (nint)Interlocked.Increment(ref _last);
        Endpoints[_number] = this;
        var listener = Ddsc.dds_create_listener(_number);
        Ddsc.dds_lset_publication_matched(listener, &OnMatched);
        Ddsc.dds_lset_subscription_matched(listener, &OnMatched);
        Ddsc.dds_lset_offered_incompatible_qos(listener, &OnIncompatibleQos);
        Ddsc.dds_lset_requested_incompatible_qos(listener, &OnIncompatibleQos);
        T? entity = null;
        try
        {
            entity = create(listener);
            Gid gid;
            DdsError.Check(Ddsc.dds_get_guid(id(entity), &gid), "An endpoint has no identity");
            Gid = gid;
            return entity;
        }
        catch
        {
            entity?.Dispose();
            Endpoints.TryRemove(_number, out _);
            throw;
        }
        finally
        {
            Ddsc.dds_delete_listener(listener);
        }
    }

    /// <summary>Deletes the reader or writer.</summary>
    protected abstract void DeleteEntity();

    [UnmanagedCallersOnly]
    private static void OnMatched(int entity, DdsMatchedStatus status, nint number)
    {
        if (Endpoints.TryGetValue(number, out var endpoint))
            endpoint.SetMatchedCount((int)status.CurrentCount);
    }

    [UnmanagedCallersOnly]
    private static void OnIncompatibleQos(int entity, DdsIncompatibleQosStatus status, nint number)
    {
        if (Endpoints.TryGetValue(number, out var endpoint))
            endpoint.ReportIncompatibleQos(ToPolicyKind(status.LastPolicyId));
    }

    // dds_qos_policy_id_t
    private static QosPolicyKind ToPolicyKind(uint id) => id switch
    {
        2 => QosPolicyKind.Durability,
        4 => QosPolicyKind.Deadline,
        8 => QosPolicyKind.Liveliness,
        11 => QosPolicyKind.Reliability,
        13 => QosPolicyKind.History,
        21 => QosPolicyKind.Lifespan,
        _ => QosPolicyKind.Unknown,
    };
}

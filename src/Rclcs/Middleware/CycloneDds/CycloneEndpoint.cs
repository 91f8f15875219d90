using System.Runtime.InteropServices;
using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>Counts the matched endpoints of the other kind, and hears of those that do not match.</summary>
/// <remarks>
/// The listener is called on the library's threads, or on the one that creates an endpoint in this process. It only
/// signals: the lock is held for an instant and never across a call into the library.
/// </remarks>
internal abstract unsafe class CycloneEndpoint : IMiddlewareEndpoint
{
    private readonly Lock _handlerLock = new();
    private readonly object _matchedLock = new();
    private readonly List<QosPolicyKind> _unheardPolicies = [];
    private Action<QosPolicyKind>? _incompatibleQos;
    private GCHandle _self;
    private int _matchedCount;
    private long _matchVersion;
    private bool _disposed;

    /// <inheritdoc/>
    public event Action<QosPolicyKind>? IncompatibleQos
    {
        add
        {
            lock (_handlerLock)
            {
                _incompatibleQos += value;
                foreach (var policy in _unheardPolicies)
                    Raise(policy);

                _unheardPolicies.Clear();
            }
        }

        remove
        {
            lock (_handlerLock)
                _incompatibleQos -= value;
        }
    }

    /// <inheritdoc/>
    public event Action<int>? MatchedCountChanged;

    /// <inheritdoc/>
    public Gid Gid { get; private set; }

    /// <inheritdoc/>
    public int MatchedCount => Volatile.Read(ref _matchedCount);

    /// <summary>Rises with every endpoint that is matched or is no longer.</summary>
    public long MatchVersion => Volatile.Read(ref _matchVersion);

    /// <summary>Waits until <see cref="MatchVersion"/> differs.</summary>
    /// <param name="version">What was seen.</param>
    /// <param name="timeout">For how long.</param>
    /// <returns>Whether it differs.</returns>
    public bool WaitForMatchChange(long version, TimeSpan timeout) => Signal.Wait(
        _matchedLock, () => _matchVersion != version || _disposed, timeout, CancellationToken.None) && !_disposed;

    /// <inheritdoc/>
    public bool WaitForMatched(int count, TimeSpan timeout, CancellationToken cancellationToken) => Signal.Wait(
        _matchedLock, () => _matchedCount >= count || _disposed, timeout, cancellationToken) && !_disposed;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_matchedLock)
        {
            if (_disposed)
                return;

            _disposed = true;
            Monitor.PulseAll(_matchedLock);
        }

        // Returns only when no listener is running any more.
        DisposeEntity();
        _self.Free();
    }

    /// <summary>Creates the entity with a listener of ours.</summary>
    /// <param name="create">Creates it with this <c>dds_listener_t*</c>, which is copied.</param>
    /// <param name="id">Its number.</param>
    /// <returns>What was created.</returns>
    protected T CreateWithListener<T>(Func<nint, T> create, Func<T, int> id)
        where T : class, IDisposable
    {
        _self = GCHandle.Alloc(this);
        var listener = Ddsc.dds_create_listener(GCHandle.ToIntPtr(_self));
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
            _self.Free();
            throw;
        }
        finally
        {
            Ddsc.dds_delete_listener(listener);
        }
    }

    /// <summary>Deletes the reader or writer.</summary>
    protected abstract void DisposeEntity();

    [UnmanagedCallersOnly]
    private static void OnMatched(int entity, DdsMatchedStatus status, nint self)
    {
        var endpoint = (CycloneEndpoint)GCHandle.FromIntPtr(self).Target!;
        lock (endpoint._matchedLock)
        {
            endpoint._matchedCount = (int)status.CurrentCount;
            endpoint._matchVersion++;
            Monitor.PulseAll(endpoint._matchedLock);
        }

        ThreadPool.QueueUserWorkItem(
            static state => state.Endpoint.MatchedCountChanged?.Invoke(state.Count),
            (Endpoint: endpoint, Count: (int)status.CurrentCount),
            true);
    }

    [UnmanagedCallersOnly]
    private static void OnIncompatibleQos(int entity, DdsIncompatibleQosStatus status, nint self)
    {
        var endpoint = (CycloneEndpoint)GCHandle.FromIntPtr(self).Target!;
        var policy = ToPolicyKind(status.LastPolicyId);
        lock (endpoint._handlerLock)
        {
            if (endpoint._incompatibleQos is null)
                endpoint._unheardPolicies.Add(policy);
            else
                endpoint.Raise(policy);
        }
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

    private void Raise(QosPolicyKind policy) => ThreadPool.QueueUserWorkItem(
        static state => state.Endpoint._incompatibleQos?.Invoke(state.Policy), (Endpoint: this, Policy: policy), true);
}

namespace rclcs.Middleware;

/// <summary>Raises the events of an endpoint: how many others are matched, and which are incompatible.</summary>
/// <remarks>Its methods only signal: they may be called on threads of a middleware, and hold a lock for an instant.</remarks>
internal abstract class MiddlewareEndpoint : IMiddlewareEndpoint
{
    private readonly Lock _handlerLock = new();
    private readonly object _matchedLock = new();
    private readonly List<QosPolicyKind> _unheardPolicies = [];
    private Action<QosPolicyKind>? _incompatibleQos;
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

        DisposeEntity();
    }

    /// <summary>Ends the endpoint in the domain. Called once.</summary>
    protected abstract void DisposeEntity();

    /// <summary>An endpoint has been matched or is no longer: so many are now.</summary>
    protected void SetMatchedCount(int count)
    {
        lock (_matchedLock)
        {
            _matchedCount = count;
            _matchVersion++;
            Monitor.PulseAll(_matchedLock);
        }

        ThreadPool.QueueUserWorkItem(
            static state => state.Endpoint.MatchedCountChanged?.Invoke(state.Count), (Endpoint: this, Count: count), true);
    }

    /// <summary>An endpoint of the other kind is incompatible with this one.</summary>
    protected void ReportIncompatibleQos(QosPolicyKind policy)
    {
        lock (_handlerLock)
        {
            if (_incompatibleQos is null)
                _unheardPolicies.Add(policy);
            else
                Raise(policy);
        }
    }

    private void Raise(QosPolicyKind policy) => ThreadPool.QueueUserWorkItem(
        static state => state.Endpoint._incompatibleQos?.Invoke(state.Policy), (Endpoint: this, Policy: policy), true);
}

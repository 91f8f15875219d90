namespace rclcs.Middleware.Rcl;

/// <summary>An endpoint whose news the graph's thread brings: by events of rcl, or where there are none by looking.</summary>
internal abstract unsafe class RclEndpoint : MiddlewareEndpoint, IRclWatched
{
    private readonly RclContext _context;
    private readonly RclEvent? _matched;
    private readonly RclEvent? _incompatibleQos;

    /// <summary>Takes over what was created, and asks for its events.</summary>
    /// <param name="context">Where.</param>
    /// <param name="handle">The publisher or subscription.</param>
    /// <param name="initializeEvent"><c>rcl_publisher_event_init</c> or its sibling.</param>
    /// <param name="matched">The number of the event there.</param>
    /// <param name="incompatibleQos">The number of the event there.</param>
    protected RclEndpoint(
        RclContext context,
        RclHandle handle,
        Func<nint, nint, int, int> initializeEvent,
        int matched,
        int incompatibleQos)
    {
        _context = context;
        Handle = handle;
        _matched = RclEvent.TryCreate(handle, initializeEvent, matched);
        _incompatibleQos = RclEvent.TryCreate(handle, initializeEvent, incompatibleQos);
    }

    /// <summary>The publisher or subscription.</summary>
    public RclHandle Handle { get; }

    /// <inheritdoc/>
    public bool NeedsPolling => _matched is null;

    /// <inheritdoc/>
    public IEnumerable<RclEvent> Events => new[] { _matched, _incompatibleQos }.OfType<RclEvent>();

    /// <summary>Messages on their way.</summary>
    protected SerializedMessagePool Messages { get; } = new();

    /// <inheritdoc/>
    public bool Refresh(IReadOnlyCollection<IWaitable> ready)
    {
        if (!Handle.TryAddRef())
            return false;

        try
        {
            if (_incompatibleQos is not null && ready.Contains(_incompatibleQos) && _incompatibleQos.TryTake(out var policy))
                ReportIncompatibleQos(policy);

            if (_matched is not null && ready.Contains(_matched))
                _matched.TryTake(out _);

            nuint count = 0;
            var result = GetMatchedCount(&count);
            RclError.Forget(result);
            if (result != RclError.Ok || (int)count == MatchedCount)
                return false;

            SetMatchedCount((int)count);
            return true;
        }
        finally
        {
            Handle.DangerousRelease();
        }
    }

    /// <summary>Asks rcl for the count.</summary>
    protected abstract int GetMatchedCount(nuint* count);

    /// <summary>Lets the graph's thread watch it. Called at the end of construction.</summary>
    protected void Watch() => _context.Watch(this);

    /// <inheritdoc/>
    protected override void DisposeEntity()
    {
        _context.Unwatch(this);
        _incompatibleQos?.Dispose();
        _matched?.Dispose();
        Handle.Dispose();
        Messages.Dispose();
    }
}

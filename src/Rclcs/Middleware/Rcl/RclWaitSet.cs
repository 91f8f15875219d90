using System.Diagnostics;
using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>
/// A wait set of rcl, which is filled anew for each wait. What is waited for is kept from being finalized meanwhile, so
/// it may be disposed by any thread at any time.
/// </summary>
internal sealed unsafe class RclWaitSet : IWaitSet
{
    private const int Kinds = 5;

    private readonly Lock _attachedLock = new();
    private readonly HashSet<IRclWaitable> _attached = [];
    private readonly List<IRclWaitable> _waitedFor = [];
    private readonly int[] _counts = new int[Kinds];
    private readonly int[] _capacities = new int[Kinds];
    private readonly RclHandle _handle;

    // Lets a wait begin anew with what is attached by then.
    private readonly RclGuardCondition _changed;

    /// <summary>Creates an empty one in a context.</summary>
    public RclWaitSet(RclHandle context)
    {
        _handle = new RclHandle(
            context,
            static (waitSet, context) => Librcl.rcl_wait_set_init(
                waitSet, 0, 1, 0, 0, 0, 0, context, Librcl.rcutils_get_default_allocator()),
            static (waitSet, _) => RclError.Forget(Librcl.rcl_wait_set_fini(waitSet)),
            "A wait set cannot be created");
        _changed = new RclGuardCondition(context);
        _attached.Add(_changed);
    }

    /// <inheritdoc/>
    public void Attach(IWaitable waitable)
    {
        lock (_attachedLock)
            _attached.Add((IRclWaitable)waitable);

        _changed.Trigger();
    }

    /// <inheritdoc/>
    public void Detach(IWaitable waitable)
    {
        lock (_attachedLock)
        {
            if (!_attached.Remove((IRclWaitable)waitable))
                return;
        }

        _changed.Trigger();
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout, List<IWaitable> ready)
    {
        ready.Clear();
        var start = Stopwatch.GetTimestamp();
        var isOver = false;
        while (ready.Count == 0 && !isOver && !_handle.IsDisposed)
        {
            var left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - Stopwatch.GetElapsedTime(start);
            isOver = timeout != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero;
            Collect();
            try
            {
                Fill();
                var nanoseconds = timeout == Timeout.InfiniteTimeSpan ? -1 : isOver ? 0 : Nanoseconds.Of(left);
                var result = Librcl.rcl_wait(_handle, nanoseconds);
                if (result != RclError.Timeout)
                    RclError.Check(result, "The wait failed");

                if (result == RclError.Ok)
                    Report(ready);
            }
            finally
            {
                foreach (var waitable in _waitedFor)
                    waitable.Handle.DangerousRelease();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _handle.Dispose();
        _changed.Dispose();
    }

    private void Collect()
    {
        _waitedFor.Clear();
        Array.Clear(_counts);
        lock (_attachedLock)
        {
            foreach (var waitable in _attached)
            {
                if (waitable.Handle.TryAddRef())
                {
                    _waitedFor.Add(waitable);
                    _counts[(int)waitable.Kind]++;
                }
            }
        }
    }

    private void Fill()
    {
        if (!_counts.AsSpan().SequenceEqual(_capacities))
        {
            RclError.Check(
                Librcl.rcl_wait_set_resize(
                    _handle,
                    (nuint)_counts[(int)RclWaitKind.Subscription],
                    (nuint)_counts[(int)RclWaitKind.GuardCondition],
                    0,
                    (nuint)_counts[(int)RclWaitKind.Client],
                    (nuint)_counts[(int)RclWaitKind.Service],
                    (nuint)_counts[(int)RclWaitKind.Event]),
                "A wait set cannot grow");
            _counts.CopyTo(_capacities, 0);
        }

        RclError.Check(Librcl.rcl_wait_set_clear(_handle), "A wait set cannot be cleared");
        foreach (var waitable in _waitedFor)
        {
            var handle = waitable.Handle;
            RclError.Check(
                waitable.Kind switch
                {
                    RclWaitKind.Subscription => Librcl.rcl_wait_set_add_subscription(_handle, handle, null),
                    RclWaitKind.GuardCondition => Librcl.rcl_wait_set_add_guard_condition(_handle, handle, null),
                    RclWaitKind.Client => Librcl.rcl_wait_set_add_client(_handle, handle, null),
                    RclWaitKind.Service => Librcl.rcl_wait_set_add_service(_handle, handle, null),
                    _ => Librcl.rcl_wait_set_add_event(_handle, handle, null),
                },
                "A wait set cannot be filled");
        }
    }

    // In the arrays, each kind is in the order in which it was added.
    private void Report(List<IWaitable> ready)
    {
        var layout = (RclWaitSetLayout*)_handle.Pointer;
        Array.Clear(_counts);
        lock (_attachedLock)
        {
            foreach (var waitable in _waitedFor)
            {
                var array = waitable.Kind switch
                {
                    RclWaitKind.Subscription => layout->Subscriptions,
                    RclWaitKind.GuardCondition => layout->GuardConditions,
                    RclWaitKind.Client => layout->Clients,
                    RclWaitKind.Service => layout->Services,
                    _ => layout->Events,
                };
                var isReady = array[_counts[(int)waitable.Kind]++] != 0;
                if (isReady && waitable != _changed && _attached.Contains(waitable))
                    ready.Add(waitable);
            }
        }
    }
}

/// <summary>Something that rcl can wait for.</summary>
internal interface IRclWaitable : IWaitable
{
    /// <summary>Its structure.</summary>
    RclHandle Handle { get; }

    /// <summary>What it is.</summary>
    RclWaitKind Kind { get; }
}

/// <summary>Something that the thread of <see cref="RclGraph"/> looks at whenever something has happened.</summary>
internal interface IRclWatched
{
    /// <summary>What happens to it, and is waited for.</summary>
    IEnumerable<RclEvent> Events { get; }

    /// <summary>Whether it changes without an event, and so has to be looked at time and again.</summary>
    bool NeedsPolling { get; }

    /// <summary>Looks at it.</summary>
    /// <param name="ready">Events that have happened, of this one or others.</param>
    /// <returns>Whether it has changed.</returns>
    bool Refresh(IReadOnlyCollection<IWaitable> ready);
}

/// <summary>What an <see cref="RclWaitSet"/> keeps apart.</summary>
internal enum RclWaitKind
{
    /// <summary><c>rcl_subscription_t</c></summary>
    Subscription,

    /// <summary><c>rcl_guard_condition_t</c></summary>
    GuardCondition,

    /// <summary><c>rcl_client_t</c></summary>
    Client,

    /// <summary><c>rcl_service_t</c></summary>
    Service,

    /// <summary><c>rcl_event_t</c></summary>
    Event,
}

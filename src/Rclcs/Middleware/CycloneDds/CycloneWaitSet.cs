using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>A DDS wait set.</summary>
internal sealed unsafe class CycloneWaitSet(CycloneContext context) : IWaitSet
{
    // More that are ready at once are reported by the next wait.
    private const int MaxReported = 64;

    private readonly Lock _attachedLock = new();
    private readonly Dictionary<nint, ICycloneWaitable> _attached = [];
    private readonly DdsEntity _entity = new(
        Ddsc.dds_create_waitset(context.Participant), "A wait set cannot be created");

    /// <inheritdoc/>
    public void Attach(IWaitable waitable)
    {
        var cycloneWaitable = (ICycloneWaitable)waitable;
        var condition = cycloneWaitable.Condition;
        lock (_attachedLock)
            _attached.Add(condition, cycloneWaitable);

        DdsError.Check(Ddsc.dds_waitset_attach(_entity.Id, condition, condition), "A condition cannot be attached");
    }

    /// <inheritdoc/>
    public void Detach(IWaitable waitable)
    {
        var condition = ((ICycloneWaitable)waitable).Condition;
        lock (_attachedLock)
        {
            if (!_attached.Remove(condition))
                return;
        }

        // An error means that the condition or the wait set is gone already.
        _ = Ddsc.dds_waitset_detach(_entity.Id, condition);
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout, List<IWaitable> ready)
    {
        ready.Clear();
        var nanoseconds = timeout == Timeout.InfiniteTimeSpan
            ? DdsConstants.Infinity
            : Nanoseconds.Of(timeout);
        var conditions = stackalloc nint[MaxReported];
        var count = Ddsc.dds_waitset_wait(_entity.Id, conditions, MaxReported, nanoseconds);
        if (DdsError.IsDeleted(count))
            return;

        DdsError.Check(count, "The wait failed");
        lock (_attachedLock)
        {
            for (var i = 0; i < Math.Min(count, MaxReported); i++)
            {
                if (_attached.TryGetValue(conditions[i], out var waitable))
                    ready.Add(waitable);
            }
        }

        foreach (var waitable in ready)
            ((ICycloneWaitable)waitable).AfterWait();
    }

    /// <inheritdoc/>
    public void Dispose() => _entity.Dispose();
}

/// <summary>Something with a DDS condition.</summary>
internal interface ICycloneWaitable : IWaitable
{
    /// <summary>The entity to attach to a wait set.</summary>
    int Condition { get; }

    /// <summary>Called when a wait set reports it.</summary>
    void AfterWait();
}

/// <summary>A DDS guard condition: the only thing that ends a wait reliably from another thread.</summary>
internal sealed class CycloneGuardCondition(CycloneContext context) : IGuardCondition, ICycloneWaitable
{
    private readonly DdsEntity _entity = new(
        Ddsc.dds_create_guardcondition(context.Participant), "A guard condition cannot be created");

    /// <inheritdoc/>
    public int Condition => _entity.Id;

    /// <inheritdoc/>
    public void Trigger() => Set(1);

    /// <inheritdoc/>
    public void AfterWait() => Set(0);

    /// <inheritdoc/>
    public void Dispose() => _entity.Dispose();

    private void Set(byte triggered)
    {
        var result = Ddsc.dds_set_guardcondition(_entity.Id, triggered);
        if (!DdsError.IsDeleted(result))
            DdsError.Check(result, "A guard condition cannot be set");
    }
}

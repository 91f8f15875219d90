namespace rclcs.Middleware;

/// <summary>Waits until one of several things is ready. One thread waits; the other members are for any thread.</summary>
internal interface IWaitSet : IDisposable
{
    /// <summary>Waits for this one too from now on.</summary>
    void Attach(IWaitable waitable);

    /// <summary>Waits for this one no longer. Does nothing if it was not attached.</summary>
    void Detach(IWaitable waitable);

    /// <summary>Waits until something is ready or the time is over. Resets the guard conditions that it reports.</summary>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="ready">Cleared, then filled with what is ready; stays empty when the time is over.</param>
    void Wait(TimeSpan timeout, List<IWaitable> ready);
}

/// <summary>Something that an <see cref="IWaitSet"/> of the same middleware can wait for.</summary>
internal interface IWaitable;

/// <summary>A guard condition, which ends a wait.</summary>
internal interface IGuardCondition : IWaitable, IDisposable
{
    /// <summary>Ends the wait that is under way, or else the next one. May be called from any thread, and after Dispose.</summary>
    void Trigger();
}

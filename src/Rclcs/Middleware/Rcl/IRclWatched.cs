namespace rclcs.Middleware.Rcl;

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

namespace rclcs.Middleware;

/// <summary>What publishers and subscriptions have in common. All members may be called from any thread.</summary>
internal interface IMiddlewareEndpoint : IDisposable
{
    /// <summary>How many endpoints of the other kind are connected now.</summary>
    int MatchedCount { get; }

    /// <summary>
    /// Somebody offers or asks for the same topic with a policy that does not go together with ours.
    /// Raised on a thread of the pool; the first time also for what happened before there was a handler.
    /// </summary>
    event Action<QosPolicyKind>? IncompatibleQos;

    /// <summary>
    /// <see cref="MatchedCount"/> is another now, which is given. Raised on a thread of the pool, so two changes in quick
    /// succession may come in the other order.
    /// </summary>
    event Action<int>? MatchedCountChanged;

    /// <summary>Waits until at least so many endpoints of the other kind are connected.</summary>
    /// <param name="count">How many.</param>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether so many are connected.</returns>
    bool WaitForMatched(int count, TimeSpan timeout, CancellationToken cancellationToken);
}

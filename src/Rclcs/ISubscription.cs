namespace rclcs;

/// <summary>
/// A subscription, whatever it receives, which it does while its node spins. All members may be called from any thread.
/// </summary>
/// <remarks>After Dispose no callback begins any more; one that is running goes on.</remarks>
public interface ISubscription : ITopicEndpoint
{
    /// <summary>How many publishers are connected now.</summary>
    int PublisherCount { get; }

    /// <summary>Waits until at least so many publishers are connected. Needs no spinning.</summary>
    /// <param name="count">How many.</param>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there are so many.</returns>
    bool WaitForPublishers(int count, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Waits until at least so many publishers are connected. Needs no spinning, and no thread.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when there are so many; canceled by the token, or when the subscription is disposed.</returns>
    Task WaitForPublishersAsync(int count, CancellationToken cancellationToken = default);
}

namespace rclcs;

/// <summary>A publisher, whatever it sends. All members may be called from any thread.</summary>
public interface IPublisher : ITopicEndpoint
{
    /// <summary>How many subscriptions get the messages now. Costs next to nothing: ask before doing work for them.</summary>
    int SubscriptionCount { get; }

    /// <summary>Waits until at least so many subscriptions get the messages. Needs no spinning.</summary>
    /// <param name="count">How many.</param>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there are so many.</returns>
    bool WaitForSubscriptions(int count, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Waits until at least so many subscriptions get the messages. Needs no spinning, and no thread.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when there are so many; canceled by the token, or when the publisher is disposed.</returns>
    /// <example><code>await publisher.WaitForSubscriptionsAsync(1).WaitAsync(TimeSpan.FromSeconds(5));</code></example>
    Task WaitForSubscriptionsAsync(int count, CancellationToken cancellationToken = default);
}

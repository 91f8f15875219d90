namespace rclcs;

/// <summary>Receives messages of a topic while its node spins. All members may be called from any thread.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
/// <remarks>After Dispose no callback begins any more; one that is running goes on.</remarks>
public interface ISubscription<T> : IDisposable
{
    /// <summary>Complete name, after remapping.</summary>
    string TopicName { get; }

    /// <summary>How messages are kept and delivered.</summary>
    QosProfile Qos { get; }

    /// <summary>How many publishers are connected now.</summary>
    int PublisherCount { get; }

    /// <summary>Waits until at least so many publishers are connected. Needs no spinning.</summary>
    /// <param name="count">How many.</param>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there are so many.</returns>
    bool WaitForPublishers(int count, TimeSpan timeout, CancellationToken cancellationToken = default);
}

namespace rclcs;

/// <summary>Sends messages to a topic. All members may be called from any thread.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IPublisher<in T> : IDisposable
{
    /// <summary>Complete name, after remapping.</summary>
    string TopicName { get; }

    /// <summary>How messages are kept and delivered.</summary>
    QosProfile Qos { get; }

    /// <summary>How many subscriptions get the messages now. Costs next to nothing: ask before doing work for them.</summary>
    int SubscriptionCount { get; }

    /// <summary>
    /// Sends a message. It is serialized straight into the middleware's memory and not needed any more when this
    /// returns.
    /// </summary>
    /// <exception cref="Serialization.CdrException">A field breaks its bound.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    /// <exception cref="ObjectDisposedException">The publisher is disposed.</exception>
    void Publish(T message);

    /// <summary>Waits until at least so many subscriptions get the messages. Needs no spinning.</summary>
    /// <param name="count">How many.</param>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there are so many.</returns>
    bool WaitForSubscriptions(int count, TimeSpan timeout, CancellationToken cancellationToken = default);
}

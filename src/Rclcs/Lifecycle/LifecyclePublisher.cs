namespace rclcs;

/// <summary>A publisher of a managed node: while the node is not active, what is published is dropped.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface ILifecyclePublisher<in T> : IPublisher<T>
{
    /// <summary>Whether messages go out now.</summary>
    bool IsActivated { get; }
}

/// <inheritdoc cref="ILifecyclePublisher{T}"/>
internal sealed class LifecyclePublisher<T>(LifecycleNode lifecycle, IPublisher<T> publisher) : ILifecyclePublisher<T>
{
    private bool _hasWarned;

    /// <inheritdoc/>
    public event Action<QosPolicyKind>? IncompatibleQos
    {
        add => publisher.IncompatibleQos += value;
        remove => publisher.IncompatibleQos -= value;
    }

    /// <inheritdoc/>
    public event Action<int>? Matched
    {
        add => publisher.Matched += value;
        remove => publisher.Matched -= value;
    }

    /// <inheritdoc/>
    public bool IsActivated => lifecycle.CurrentState == LifecycleState.Active;

    /// <inheritdoc/>
    public string TopicName => publisher.TopicName;

    /// <inheritdoc/>
    public QosProfile Qos => publisher.Qos;

    /// <inheritdoc/>
    public int SubscriptionCount => publisher.SubscriptionCount;

    /// <inheritdoc/>
    public void Publish(T message)
    {
        if (IsActivated)
        {
            Volatile.Write(ref _hasWarned, false);
            publisher.Publish(message);
        }
        else if (!Interlocked.Exchange(ref _hasWarned, true))
        {
            lifecycle.Node.Logger.Warn($"Messages for '{TopicName}' are dropped until the node is active.");
        }
    }

    /// <inheritdoc/>
    public bool WaitForSubscriptions(int count, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        publisher.WaitForSubscriptions(count, timeout, cancellationToken);

    /// <inheritdoc/>
    public Task WaitForSubscriptionsAsync(int count, CancellationToken cancellationToken = default) =>
        publisher.WaitForSubscriptionsAsync(count, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => publisher.Dispose();
}

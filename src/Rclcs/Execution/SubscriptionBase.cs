using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>What an executor needs of a subscription, whatever its messages are.</summary>
internal abstract class SubscriptionBase : IExecutable, IDisposable
{
    private static readonly TimeSpan WarningPeriod = TimeSpan.FromSeconds(5);

    private readonly Node _node;
    private volatile bool _disposed;

    /// <summary>Creates it.</summary>
    protected SubscriptionBase(Node node, string topicName, MessageType type, QosProfile qos)
    {
        _node = node;
        TopicName = topicName;
        Qos = qos;
        Middleware = node.Middleware.CreateSubscription(topicName, type, qos);
        Middleware.IncompatibleQos += policy => node.Logger.Warn(
            $"A publisher of '{topicName}' offers another quality of service than '{qos}' asks for (policy: {policy}): "
            + "no messages come from there.");
    }

    /// <summary>Complete name, after remapping.</summary>
    public string TopicName { get; }

    /// <summary>How messages are kept and delivered.</summary>
    public QosProfile Qos { get; }

    /// <summary>How many publishers are connected now.</summary>
    public int PublisherCount => Middleware.MatchedCount;

    /// <summary>The middleware's part.</summary>
    public IMiddlewareSubscription Middleware { get; }

    /// <inheritdoc/>
    public IWaitable Waitable => Middleware;

    /// <summary>See <see cref="ISubscription{T}.WaitForPublishers"/>.</summary>
    public bool WaitForPublishers(int count, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Middleware.WaitForMatched(count, timeout, cancellationToken);

    /// <summary>Takes a message and calls the callback with it. A message that cannot be read is dropped.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryExecute()
    {
        if (_disposed || !Middleware.TryTake(out var message))
            return false;

        try
        {
            Read(message);
        }
        catch (CdrException exception)
        {
            Drop();
            _node.Logger.WarnThrottle(
                WarningPeriod, $"A message on '{TopicName}' cannot be read and is dropped: {exception.Message}", TopicName);
            return true;
        }

        Deliver();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _node.Remove(this);
        Middleware.Dispose();
    }

    /// <summary>Takes over and reads the message.</summary>
    /// <exception cref="CdrException">It cannot be read.</exception>
    protected abstract void Read(in IncomingMessage incoming);

    /// <summary>Calls the callback with the message that has been read, and sees to it that it is released.</summary>
    protected abstract void Deliver();

    /// <summary>Releases the message that could not be read.</summary>
    protected abstract void Drop();
}

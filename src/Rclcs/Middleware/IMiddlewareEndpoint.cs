using rclcs.Serialization;

namespace rclcs.Middleware;

/// <summary>What publishers and subscriptions have in common. All members may be called from any thread.</summary>
internal interface IMiddlewareEndpoint : IDisposable
{
    /// <summary>How many endpoints of the other kind are connected now.</summary>
    int MatchedCount { get; }

    /// <summary>
    /// Another endpoint offers or requests the same topic with a policy that is incompatible with ours.
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

/// <summary>Gives memory for what is sent: <see cref="Allocate"/>, fill, then send or <see cref="Discard"/>.</summary>
internal interface IMiddlewareSender
{
    /// <summary>Gives memory for one message of exactly <paramref name="size"/> bytes.</summary>
    /// <exception cref="RuntimeError">There is no memory.</exception>
    OutgoingMessage Allocate(int size);

    /// <summary>Takes the memory back without sending.</summary>
    void Discard(OutgoingMessage message);

    /// <summary>Gives memory that holds this message.</summary>
    /// <exception cref="CdrException">A field breaks its bound.</exception>
    /// <exception cref="RuntimeError">There is no memory.</exception>
    OutgoingMessage Serialize(IMessage message)
    {
        var outgoing = Allocate(CdrWriter.Measure(message));
        try
        {
            outgoing.Fill(message);
            return outgoing;
        }
        catch
        {
            Discard(outgoing);
            throw;
        }
    }
}

/// <summary>Sends messages.</summary>
internal interface IMiddlewarePublisher : IMiddlewareSender, IMiddlewareEndpoint
{
    /// <summary>Sends the message, which is not needed any more when this returns.</summary>
    /// <exception cref="CdrException">A field breaks its bound.</exception>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason, or there is no memory.</exception>
    void Publish(IMessage message) => Write(Serialize(message));

    /// <summary>Sends the message and takes its memory back, also when it fails.</summary>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    void Write(OutgoingMessage message);
}

/// <summary>Receives serialized messages. A wait set reports it as long as there is something to take.</summary>
internal interface IMiddlewareSubscription : IMiddlewareEndpoint, IWaitable
{
    /// <summary>Takes the oldest message that waits.</summary>
    /// <param name="message">The message, to be given back by <see cref="IncomingMessage.Release"/>.</param>
    /// <returns>Whether there was one.</returns>
    bool TryTake(out IncomingMessage message);
}

/// <summary>A message type.</summary>
/// <param name="Name">For example <c>std_msgs/msg/String</c>.</param>
/// <param name="Hash"><c>RIHS01_…</c>, or empty where it is not known.</param>
internal readonly record struct MessageType(string Name, string Hash);

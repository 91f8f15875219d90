namespace rclcs.Middleware;

/// <summary>Receives serialized messages. A wait set reports it as long as there is something to take.</summary>
internal interface IMiddlewareSubscription : IMiddlewareEndpoint, IWaitable
{
    /// <summary>Takes the oldest message that waits.</summary>
    /// <param name="message">The message, to be given back by <see cref="IncomingMessage.Release"/>.</param>
    /// <returns>Whether there was one.</returns>
    bool TryTake(out IncomingMessage message);
}

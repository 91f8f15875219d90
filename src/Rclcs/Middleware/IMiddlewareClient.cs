using rclcs.Serialization;

namespace rclcs.Middleware;

/// <summary>
/// The calling end of a service: sends serialized requests and takes serialized responses. A wait set reports it as
/// long as there is a response to take.
/// </summary>
/// <remarks>All members may be called from any thread.</remarks>
internal interface IMiddlewareClient : IMiddlewareSender, IWaitable, IDisposable
{
    /// <summary>Whether a server is connected in both directions now. <see cref="IGraph.Version"/> rises when it changes.</summary>
    bool IsServiceAvailable { get; }

    /// <summary>Sends the request and takes its memory back, also when it fails.</summary>
    /// <returns>The sequence number that the response will carry.</returns>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    long Send(OutgoingMessage request);

    /// <summary>Takes the oldest response that waits. Responses to other clients are never seen.</summary>
    /// <param name="response">The response, to be given back by <see cref="IncomingMessage.Release"/>.</param>
    /// <param name="sequenceNumber">What <see cref="Send"/> gave for its request.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="CdrException">There was something else, which is gone now; says what.</exception>
    bool TryTakeResponse(out IncomingMessage response, out long sequenceNumber);
}

using rclcs.Serialization;

namespace rclcs.Middleware;

/// <summary>
/// The serving end of a service: takes serialized requests and sends serialized responses, both without what the
/// middleware puts before them to tell calls apart. A wait set reports it as long as there is a request to take.
/// </summary>
/// <remarks>All members may be called from any thread.</remarks>
internal interface IMiddlewareService : IMiddlewareSender, IWaitable, IDisposable
{
    /// <summary>Takes the oldest request that waits.</summary>
    /// <param name="request">The request, to be given back by <see cref="IncomingMessage.Release"/>.</param>
    /// <param name="id">Which call it is, for <see cref="Respond"/>.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="CdrException">There was something else, which is gone now; says what.</exception>
    bool TryTakeRequest(out IncomingMessage request, out RequestId id);

    /// <summary>Sends the response and takes its memory back, also when it fails.</summary>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    void Respond(RequestId id, OutgoingMessage response);
}

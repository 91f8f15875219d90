namespace rclcs.Middleware;

/// <summary>Sends serialized messages.</summary>
internal interface IMiddlewarePublisher : IMiddlewareSender, IMiddlewareEndpoint
{
    /// <summary>Sends the message and takes its memory back, also when it fails.</summary>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    void Write(OutgoingMessage message);
}

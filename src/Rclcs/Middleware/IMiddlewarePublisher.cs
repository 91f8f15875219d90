namespace rclcs.Middleware;

/// <summary>Sends serialized messages: <see cref="Allocate"/>, fill, then <see cref="Write"/> or <see cref="Discard"/>.</summary>
internal interface IMiddlewarePublisher : IMiddlewareEndpoint
{
    /// <summary>Gives memory for one message of exactly <paramref name="size"/> bytes.</summary>
    /// <exception cref="RuntimeError">There is no memory.</exception>
    OutgoingMessage Allocate(int size);

    /// <summary>Sends the message and takes its memory back, also when it fails.</summary>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    void Write(OutgoingMessage message);

    /// <summary>Takes the memory back without sending.</summary>
    void Discard(OutgoingMessage message);
}

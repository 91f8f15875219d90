using rclcs.Serialization;

namespace rclcs.Middleware;

/// <summary>
/// The serving end of a service: takes serialized requests and sends serialized responses, both without what the
/// middleware prepends to distinguish calls. A wait set reports it as long as there is a request to take.
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

/// <summary>A service type.</summary>
/// <param name="Name">For example <c>std_srvs/srv/SetBool</c>.</param>
/// <param name="Hash"><c>RIHS01_…</c> of the service, or empty where it is not known.</param>
/// <param name="Request">For example <c>std_srvs/srv/SetBool_Request</c>.</param>
/// <param name="Response">For example <c>std_srvs/srv/SetBool_Response</c>.</param>
internal readonly record struct ServiceType(string Name, string Hash, MessageType Request, MessageType Response)
{
    /// <summary>The type that generated code describes.</summary>
    public static ServiceType Of<TRequest, TResponse>()
        where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
        where TResponse : class, IMessage<TResponse>, new() => new(
            TRequest.ServiceTypeName,
            TRequest.ServiceTypeHash,
            new MessageType(TRequest.TypeName, TRequest.TypeHash),
            new MessageType(TResponse.TypeName, TResponse.TypeHash));
}

/// <summary>Which call a request or response belongs to.</summary>
/// <param name="Client">Which client calls. The embedded middleware uses the first eight bytes only.</param>
/// <param name="SequenceNumber">Which of its calls.</param>
internal readonly record struct RequestId(Gid Client, long SequenceNumber);

/// <summary>How requests and responses travel.</summary>
internal static class ServiceQos
{
    // All clients of a service share the history of its server, and each client's history holds the responses to all: with
    // the 10 of ROS, a thread that is held up for a moment while others call would miss its own.
    private const int MinDepth = 1000;

    /// <summary>Raises the depth, which stays compatible with every peer, so that no call is lost among others.</summary>
    public static QosProfile WithRoomForCalls(QosProfile profile) =>
        profile with { Depth = Math.Max(profile.Depth, MinDepth) };
}

using rclcs.Serialization;

namespace rclcs.Middleware;

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

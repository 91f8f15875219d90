using rclcs.Serialization;

namespace rclcs;

/// <summary>Answers the calls of clients while its node is spun.</summary>
/// <typeparam name="TRequest">What clients send.</typeparam>
/// <typeparam name="TResponse">What they get.</typeparam>
public interface IService<TRequest, TResponse> : IDisposable
    where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    /// <summary>Complete name, after remapping.</summary>
    string ServiceName { get; }
}

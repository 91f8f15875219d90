using rclcs.Serialization;

namespace rclcs;

/// <summary>Calls a service. Its node has to be spun meanwhile, by another thread than one that waits for the response.</summary>
/// <typeparam name="TRequest">What is sent.</typeparam>
/// <typeparam name="TResponse">What comes back.</typeparam>
/// <remarks>All members may be called from any thread.</remarks>
public interface IClient<TRequest, TResponse> : IDisposable
    where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    /// <summary>Complete name, after remapping.</summary>
    string ServiceName { get; }

    /// <summary>Whether a server is there now.</summary>
    bool IsServiceAvailable { get; }

    /// <summary>Waits until a server is there. Needs no spinning.</summary>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether one is there.</returns>
    bool WaitForService(TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Waits until a server is there. Needs no spinning, and no thread.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when one is there; canceled by the token, or when the context is shut down.</returns>
    Task WaitForServiceAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends a request.</summary>
    /// <param name="request">It is serialized before this method returns.</param>
    /// <param name="cancellationToken">Gives up; a response that comes all the same is dropped.</param>
    /// <returns>The response, which the caller owns. Canceled also when the client is disposed or the context shut down.</returns>
    /// <exception cref="CdrException">A field of the request breaks its bound, or the response cannot be read.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    Task<TResponse> CallAsync(TRequest request, CancellationToken cancellationToken = default);
}

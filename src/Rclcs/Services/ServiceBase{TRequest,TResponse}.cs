using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>What an executor needs of a service, whatever its callback is.</summary>
internal abstract class ServiceBase<TRequest, TResponse> : IService<TRequest, TResponse>, IExecutable
    where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private static readonly TimeSpan WarningPeriod = TimeSpan.FromSeconds(5);

    private readonly Node _node;
    private readonly IMiddlewareService _middleware;
    private volatile bool _disposed;

    /// <summary>Creates it.</summary>
    protected ServiceBase(Node node, string name, QosProfile qos)
    {
        _node = node;
        ServiceName = name;
        _middleware = node.Middleware.CreateService(name, ServiceType.Of<TRequest, TResponse>(), qos);
    }

    /// <inheritdoc/>
    public string ServiceName { get; }

    /// <inheritdoc/>
    public IWaitable Waitable => _middleware;

    /// <summary>Takes a request and calls the callback with it. A request that cannot be read is dropped.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryExecute()
    {
        RequestId id;
        try
        {
            if (_disposed || !_middleware.TryTakeRequest(out var request, out id))
                return false;

            Read(request);
        }
        catch (CdrException exception)
        {
            Warn($"A request to '{ServiceName}' cannot be read and is dropped: {exception.Message}");
            return true;
        }

        Serve(id);
        return true;
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _disposed = true;
        _node.Remove(this);
        _middleware.Dispose();
    }

    /// <summary>Takes over and reads the request, and releases it if that fails.</summary>
    /// <exception cref="CdrException">It cannot be read.</exception>
    protected abstract void Read(in IncomingMessage incoming);

    /// <summary>Calls the callback with the request that has been read, and sees to it that there is a response.</summary>
    protected abstract void Serve(RequestId id);

    /// <summary>Sends a response. Where that is not possible, the log says so and the service goes on.</summary>
    /// <exception cref="CdrException">A field of the response breaks its bound.</exception>
    protected void Respond(RequestId id, TResponse response)
    {
        try
        {
            _middleware.Respond(id, _middleware.Serialize(response));
        }
        catch (RuntimeError error)
        {
            Warn(error.Message);
        }
        catch (ObjectDisposedException) when (_disposed)
        {
            // The service ended during the call.
        }
    }

    private void Warn(string message) => _node.Logger.WarnThrottle(WarningPeriod, message, ServiceName);
}

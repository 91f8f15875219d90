using rclcs.Middleware;
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

/// <summary>The part of a service that does not depend on its kind of callback.</summary>
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

    /// <summary>Calls the callback with the request that has been read, and ensures a response.</summary>
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

/// <summary>A service that lends each request to its callback: one instance, filled again and again.</summary>
internal sealed class LendingService<TRequest, TResponse>(
    Node node, string name, Func<TRequest, TResponse> callback, QosProfile qos)
    : ServiceBase<TRequest, TResponse>(node, name, qos)
    where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly ReusedMessage<TRequest> _lent = new();

    /// <inheritdoc/>
    protected override void Read(in IncomingMessage incoming)
    {
        try
        {
            _lent.Fill(incoming);
        }
        catch
        {
            _lent.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Serve(RequestId id)
    {
        try
        {
            // Before the release: the response may show bytes of the request.
            Respond(id, callback(_lent.Message));
        }
        finally
        {
            _lent.Release();
        }
    }
}

/// <summary>A service whose callback owns each request and answers later, so that several are under way at once.</summary>
internal sealed class AsyncService<TRequest, TResponse>(
    Node node, string name, Func<TRequest, CancellationToken, Task<TResponse>> callback, QosProfile qos)
    : ServiceBase<TRequest, TResponse>(node, name, qos)
    where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly Node _node = node;
    // With its token, which a request that is just about to be served may read after Dispose.
    private readonly (CancellationTokenSource Source, CancellationToken Token) _end = LinkTo(node.Context.ShutdownToken);

    private TRequest? _request;
    private bool _hasEnded;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        if (Interlocked.Exchange(ref _hasEnded, true))
            return;

        _end.Source.Cancel();
        _end.Source.Dispose();
    }

    /// <inheritdoc/>
    protected override void Read(in IncomingMessage incoming) =>
        _request = MessageSerializer.Deserialize<TRequest>(incoming.CopyAndRelease());

    /// <inheritdoc/>
    protected override void Serve(RequestId id) => _ = ServeAsync(id, _request!, _end.Token);

    private static (CancellationTokenSource Source, CancellationToken Token) LinkTo(CancellationToken shutdown)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        return (source, source.Token);
    }

    private async Task ServeAsync(RequestId id, TRequest request, CancellationToken end)
    {
        try
        {
            Respond(id, await callback(request, end).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The response is no longer awaited.
        }
#pragma warning disable CA1031 // Nobody awaits this: the exception comes out of spinning, as that of any callback.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _node.Executor.Fail(exception);
        }
    }
}

using rclcs.Middleware;
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
    /// <param name="cancellationToken">Cancels the call; a response that still arrives is dropped.</param>
    /// <returns>The response, which the caller owns. Canceled also when the client is disposed or the context shut down.</returns>
    /// <exception cref="CdrException">A field of the request breaks its bound, or the response cannot be read.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    Task<TResponse> CallAsync(TRequest request, CancellationToken cancellationToken = default);
}

/// <inheritdoc cref="IClient{TRequest, TResponse}"/>
internal sealed class Client<TRequest, TResponse> : IClient<TRequest, TResponse>, IExecutable
    where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private static readonly TimeSpan WarningPeriod = TimeSpan.FromSeconds(5);

    private readonly Lock _callsLock = new();
    private readonly Dictionary<long, TaskCompletionSource<TResponse>> _calls = [];
    private readonly Node _node;
    private readonly IMiddlewareClient _middleware;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenRegistration _shutdown;
    private bool _ended;
    private volatile bool _disposed;

    /// <summary>Creates it.</summary>
    public Client(Node node, string name, QosProfile qos)
    {
        _node = node;
        ServiceName = name;
        _middleware = node.Middleware.CreateClient(name, ServiceType.Of<TRequest, TResponse>(), qos);
        _shutdown = node.Context.ShutdownToken.UnsafeRegister(_ => CancelAll(), null);
    }

    /// <inheritdoc/>
    public string ServiceName { get; }

    /// <inheritdoc/>
    public bool IsServiceAvailable => _middleware.IsServiceAvailable;

    /// <inheritdoc/>
    public IWaitable Waitable => _middleware;

    /// <inheritdoc/>
    public bool WaitForService(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        return _node.Graph.WaitFor(() => IsServiceAvailable, timeout, end.Token);
    }

    /// <inheritdoc/>
    public async Task WaitForServiceAsync(CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        await _node.Graph.WaitForAsync(() => IsServiceAvailable, end.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<TResponse> CallAsync(TRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = new TaskCompletionSource<TResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        var number = Send(request, call);
        var cancellation = cancellationToken.UnsafeRegister(_ => call.TrySetCanceled(cancellationToken), null);
        try
        {
            return await call.Task.ConfigureAwait(false);
        }
        finally
        {
            await cancellation.DisposeAsync().ConfigureAwait(false);
            lock (_callsLock)
                _calls.Remove(number);
        }
    }

    /// <summary>Takes a response and completes its call. One that is no longer awaited is dropped.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryExecute()
    {
        try
        {
            if (_disposed || !_middleware.TryTakeResponse(out var response, out var number))
                return false;

            Complete(number, response.CopyAndRelease());
        }
        catch (CdrException exception)
        {
            _node.Logger.WarnThrottle(
                WarningPeriod,
                $"A response of '{ServiceName}' cannot be read and is dropped: {exception.Message}",
                ServiceName);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _shutdown.Dispose();
        _end.Cancel();
        CancelAll();
        _node.Remove(this);
        _middleware.Dispose();
    }

    private long Send(TRequest request, TaskCompletionSource<TResponse> call)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var outgoing = _middleware.Serialize(request);

        // Held while sending: the response may be there before its number is known here.
        lock (_callsLock)
        {
            if (_ended)
            {
                _middleware.Discard(outgoing);
                throw new TaskCanceledException();
            }

            var number = _middleware.Send(outgoing);
            _calls.Add(number, call);
            return number;
        }
    }

    private void Complete(long number, byte[] response)
    {
        TaskCompletionSource<TResponse>? call;
        lock (_callsLock)
            _calls.TryGetValue(number, out call);

        try
        {
            call?.TrySetResult(MessageSerializer.Deserialize<TResponse>(response));
        }
        catch (CdrException exception)
        {
            call!.TrySetException(exception);
        }
    }

    private void CancelAll()
    {
        TaskCompletionSource<TResponse>[] calls;
        lock (_callsLock)
        {
            _ended = true;
            calls = [.. _calls.Values];
        }

        foreach (var call in calls)
            call.TrySetCanceled();
    }
}

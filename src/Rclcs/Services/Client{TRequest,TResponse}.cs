using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

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
    public bool WaitForService(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _node.WaitForGraph(() => IsServiceAvailable, timeout, cancellationToken);

    /// <inheritdoc/>
    public Task WaitForServiceAsync(CancellationToken cancellationToken = default) =>
        _node.WaitForGraphAsync(() => IsServiceAvailable, cancellationToken);

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

    /// <summary>Takes a response and hands it to its call. One that nobody waits for any more is dropped.</summary>
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

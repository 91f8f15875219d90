using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>A service whose callback owns each request and answers later, so that several are under way at once.</summary>
internal sealed class AsyncService<TRequest, TResponse>(
    Node node, string name, Func<TRequest, CancellationToken, Task<TResponse>> callback, QosProfile qos)
    : ServiceBase<TRequest, TResponse>(node, name, qos)
    where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly Node _node = node;
    private readonly CancellationTokenSource _end =
        CancellationTokenSource.CreateLinkedTokenSource(node.Context.ShutdownToken);

    private TRequest? _request;
    private bool _hasEnded;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        if (Interlocked.Exchange(ref _hasEnded, true))
            return;

        _end.Cancel();
        _end.Dispose();
    }

    /// <inheritdoc/>
    protected override void Read(in IncomingMessage incoming) =>
        _request = MessageSerializer.Deserialize<TRequest>(incoming.CopyAndRelease());

    /// <inheritdoc/>
    protected override void Serve(RequestId id) => _ = ServeAsync(id, _request!, _end.Token);

    private async Task ServeAsync(RequestId id, TRequest request, CancellationToken end)
    {
        try
        {
            Respond(id, await callback(request, end).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Nobody waits for the response any more.
        }
#pragma warning disable CA1031 // Nobody awaits this: the exception comes out of spinning, as that of any callback.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _node.Executor.Fail(exception);
        }
    }
}

using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <summary>A service that lends each request to its callback: one instance, filled again and again.</summary>
internal sealed class LendingService<TRequest, TResponse>(
    Node node, string name, Func<TRequest, TResponse> callback, QosProfile qos)
    : ServiceBase<TRequest, TResponse>(node, name, qos)
    where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly TRequest _request = new();
    private readonly UnmanagedMemory _bytes = new();
    private IncomingMessage _incoming;

    /// <inheritdoc/>
    protected override void Read(in IncomingMessage incoming)
    {
        _incoming = incoming;
        _bytes.Set(incoming.Data, incoming.Length);
        try
        {
            var reader = new CdrReader(_bytes.Memory);
            _request.Deserialize(ref reader);
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Serve(RequestId id)
    {
        try
        {
            // Before the release: the response may show bytes of the request.
            Respond(id, callback(_request));
        }
        finally
        {
            Release();
        }
    }

    private void Release()
    {
        _bytes.Clear();
        _incoming.Release();
        _incoming = default;
    }
}

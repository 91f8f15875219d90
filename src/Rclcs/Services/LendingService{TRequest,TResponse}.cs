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

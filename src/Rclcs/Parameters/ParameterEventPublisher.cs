using rcl_interfaces.msg;

namespace rclcs;

/// <summary>Publishes every change of a node's parameters on <c>/parameter_events</c>.</summary>
internal sealed class ParameterEventPublisher : IDisposable
{
    private readonly INode _node;
    private readonly IPublisher<ParameterEvent> _publisher;

    /// <summary>Creates it. The node disposes the publisher.</summary>
    public ParameterEventPublisher(INode node)
    {
        _node = node;
        _publisher = node.CreatePublisher<ParameterEvent>("/parameter_events", QosProfile.ParameterEvents);
        node.Parameters.Reporter = Publish;
    }

    /// <summary>Publishes no more.</summary>
    public void Dispose() => _node.Parameters.Reporter = null;

    private void Publish(ParameterChange change) => _publisher.Publish(new ParameterEvent
    {
        Stamp = _node.Clock.Now,
        Node = _node.FullyQualifiedName,
        NewParameters = ToMessages(change.Added),
        ChangedParameters = ToMessages(change.Changed),
        DeletedParameters = ToMessages(change.Deleted),
    });

    private static List<rcl_interfaces.msg.Parameter> ToMessages(IEnumerable<Parameter> parameters) =>
        [.. parameters.Select(parameter => parameter.ToMessage())];
}

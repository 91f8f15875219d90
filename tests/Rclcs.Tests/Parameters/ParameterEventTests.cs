using rcl_interfaces.msg;
using rclcs.Tests.Support;

namespace rclcs.Tests.Parameters;

public sealed class ParameterEventTests
{
    [Test]
    public void Changes_are_published_with_the_nodes_name_and_what_is_new_changed_and_deleted()
    {
        using var node = new SpinningNode("node", "--ros-args", "-r", "__ns:=/robot");
        using var listener = new SpinningNode("listener");
        using var events = new Mailbox<string>();
        using var subscription = listener.Node.CreateSubscription<ParameterEvent>(
            "/parameter_events",
            message => events.Post(Describe(message)),
            QosProfile.ParameterEvents);
        listener.Start();
        Assert.That(
            node.Node.Graph.WaitFor(() => node.Node.Graph.CountSubscribers("/parameter_events") == 1, Within.Time), Is.True);

        node.Node.Parameters.Declare("mode", "fast", new() { DynamicTyping = true });
        node.Node.Parameters.Declare("rate", 1.0);
        node.Node.Parameters.Set("rate", "wrong");
        node.Node.Parameters.SetAtomically([Parameter.From("rate", 2.0), Parameter.From("mode", 3L)]);
        node.Node.Parameters.Undeclare("mode");

        Assert.That(events.Take(), Is.EqualTo("/robot/node: +mode='fast'"));
        Assert.That(events.Take(), Is.EqualTo("/robot/node: +rate=1.0"));
        Assert.That(events.Take(), Is.EqualTo("/robot/node: ~rate=2.0 ~mode=3"));
        Assert.That(events.Take(), Is.EqualTo("/robot/node: -mode=not set"));
    }

    [Test]
    public void An_option_leaves_the_publisher_out()
    {
        using var context = TestDomain.Join();
        var node = Rclcs.CreateNode("silent", context, options: new NodeOptions { StartParameterEventPublisher = false });

        Assert.That(
            node.Graph.GetPublishersInfo("/parameter_events").Select(endpoint => endpoint.Node.Name), Has.None.EqualTo("silent"));
    }

    private static string Describe(ParameterEvent message)
    {
        var changes = new[] { ("+", message.NewParameters), ("~", message.ChangedParameters), ("-", message.DeletedParameters) };
        var texts = changes.SelectMany(change => change.Item2.Select(message =>
        {
            var parameter = Parameter.FromMessage(message);
            return $"{change.Item1}{parameter.Name}={parameter.Value}";
        }));
        return $"{message.Node}: {string.Join(' ', texts)}";
    }
}

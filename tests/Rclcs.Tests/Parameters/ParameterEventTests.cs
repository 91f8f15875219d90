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
            (ParameterEvent message) => events.Post(Describe(message)),
            QosProfile.ParameterEvents);
        listener.Start();
        Assert.That(
            node.Node.WaitForGraph(() => node.Node.CountSubscribers("/parameter_events") == 1, Within.Time), Is.True);

        node.Node.DeclareParameter("mode", "fast", new() { DynamicTyping = true });
        node.Node.DeclareParameter("rate", 1.0);
        node.Node.SetParameter("rate", "wrong");
        node.Node.SetParametersAtomically([Parameter.From("rate", 2.0), Parameter.From("mode", 3L)]);
        node.Node.UndeclareParameter("mode");

        Assert.That(events.Take(), Is.EqualTo("/robot/node: +mode='fast'"));
        Assert.That(events.Take(), Is.EqualTo("/robot/node: +rate=1.0"));
        Assert.That(events.Take(), Is.EqualTo("/robot/node: ~rate=2.0 ~mode=3"));
        Assert.That(events.Take(), Is.EqualTo("/robot/node: -mode=not set"));
    }

    [Test]
    public void An_option_leaves_the_publisher_out()
    {
        using var context = new Context();
        Rclcs.Init(context);
        var node = Rclcs.CreateNode("silent", context, options: new NodeOptions { StartParameterEventPublisher = false });

        Assert.That(
            node.GetPublishersInfoByTopic("/parameter_events").Select(endpoint => endpoint.Node.Name), Has.None.EqualTo("silent"));
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

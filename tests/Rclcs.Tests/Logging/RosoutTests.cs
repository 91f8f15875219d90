using rcl_interfaces.msg;
using rclcs.Tests.Support;

namespace rclcs.Tests.Logging;

public sealed class RosoutTests
{
    private SpinningNode _watcher = null!;
    private Mailbox<Log> _received = null!;
    private ISubscription<Log> _subscription = null!;

    [SetUp]
    public void Watch()
    {
        _watcher = new SpinningNode("watcher", "--ros-args", "--disable-rosout-logs");
        _received = new Mailbox<Log>();
        _subscription = _watcher.Node.CreateSubscription<Log>("/rosout", log => _received.Post(Copy(log)), QosProfile.Rosout);
        _watcher.Start();
    }

    [TearDown]
    public void EndWatch()
    {
        _subscription.Dispose();
        _watcher.Dispose();
        _received.Dispose();
    }

    [Test]
    public void Lines_are_published_with_level_name_time_and_place_and_late_subscriptions_get_them_too()
    {
        using var node = new SpinningNode("talker", "--ros-args", "-r", "__ns:=/robot");
        var before = SystemTime.NowNanoseconds();
        node.Node.Logger.Debug("unseen");
        node.Node.Logger.GetChild("part").Warn("hello");

        var line = _received.Take();
        Assert.That(line.Msg, Is.EqualTo("hello"));
        Assert.That(line.Level, Is.EqualTo(Log.WARN));
        Assert.That(line.Name, Is.EqualTo("robot.talker.part"));
        Assert.That(line.Stamp.ToNanoseconds(), Is.InRange(before, SystemTime.NowNanoseconds()));
        Assert.That(line.File, Does.EndWith("RosoutTests.cs"));
        Assert.That(line.Function, Is.EqualTo(nameof(Lines_are_published_with_level_name_time_and_place_and_late_subscriptions_get_them_too)));
        Assert.That(line.Line, Is.GreaterThan(30));

        using var late = new Mailbox<string>();
        using var subscription = _watcher.Node.CreateSubscription<Log>("/rosout", log => late.Post(log.Msg), QosProfile.Rosout);
        Assert.That(late.Take(), Is.EqualTo("hello"));
    }

    [Test]
    public void A_text_that_is_null_is_an_empty_one()
    {
        using var node = new SpinningNode("talker");
        node.Node.Logger.Info(null!);
        node.Node.Logger.Info("after it");
        Assert.That((_received.Take().Msg, _received.Take().Msg), Is.EqualTo(("", "after it")));
    }

    [Test]
    public void The_quality_of_service_is_that_of_rcl()
    {
        using var node = new SpinningNode("talker");
        var qos = _watcher.Node.Graph.AwaitPublisher("/rosout").Qos;

        Assert.That(
            (qos.Reliability, qos.Durability, qos.Lifespan),
            Is.EqualTo((ReliabilityPolicy.Reliable, DurabilityPolicy.TransientLocal, TimeSpan.FromSeconds(10))));
    }

    [Test]
    public void What_a_node_says_last_is_published()
    {
        using (var node = new SpinningNode("talker", "--ros-args", "--disable-stdout-logs"))
        {
            Assert.That(_subscription.WaitForPublishers(1, Within.Time), Is.True);
            Assert.That(_watcher.Node.Graph.WaitFor(() => _watcher.Node.Graph.CountPublishers("/rosout") == 1, Within.Time), Is.True);
            Assert.That(node.Node.Graph.WaitFor(() => node.Node.Graph.CountSubscribers("/rosout") == 1, Within.Time), Is.True);
            for (var i = 0; i < 100; i++)
                node.Node.Logger.Info($"{i}");
        }

        for (var i = 0; i < 100; i++)
            Assert.That(_received.Take().Msg, Is.EqualTo($"{i}"));
    }

    [Test]
    public void Publishing_can_be_switched_off_or_remapped()
    {
        using var quiet = new SpinningNode("quiet", "--ros-args", "--disable-rosout-logs");
        using var moved = new SpinningNode("moved", "--ros-args", "-r", "/rosout:=/elsewhere");
        using var other = Rclcs.CreateNode("other", moved.Context, options: new NodeOptions { EnableRosout = false });

        Assert.That(_watcher.Node.Graph.WaitFor(() => _watcher.Node.Graph.CountPublishers("/elsewhere") == 1, Within.Time), Is.True);
        Assert.That(
            _watcher.Node.Graph.WaitFor(() => _watcher.Node.Graph.GetNodeNames().Any(node => node.Name == "quiet"), Within.Time), Is.True);
        Assert.That(other.Graph.WaitFor(() => other.Graph.CountPublishers("/elsewhere") > 0, Within.Time), Is.True);
        Assert.That(other.Graph.CountPublishers("/elsewhere"), Is.EqualTo(1), "Not that of the node that doesn't want to");
        Assert.That(_watcher.Node.Graph.CountPublishers("/rosout"), Is.Zero);
    }

    /// <summary>The message is lent.</summary>
    private static Log Copy(Log log) => rclcs.Serialization.MessageSerializer.Deserialize<Log>(
        rclcs.Serialization.MessageSerializer.Serialize(log));
}

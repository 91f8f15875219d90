using rclcs.Tests.Support;
using Text = std_msgs.msg.String;

namespace rclcs.Tests.Topics;

public sealed class TopicEndpointTests
{
    [Test]
    public void Both_sides_hear_of_an_incompatible_quality_of_service_even_when_they_ask_late()
    {
        using var log = new LogCapture();
        using var talker = new SpinningNode("talker");
        using var listener = new SpinningNode("listener");
        using var offered = new Mailbox<QosPolicyKind>();
        using var requested = new Mailbox<QosPolicyKind>();
        using var late = new Mailbox<QosPolicyKind>();
        using var publisher = talker.Node.CreatePublisher<Text>("chatter", QosProfile.SensorData);
        publisher.IncompatibleQos += offered.Post;
        using var subscription = listener.Node.CreateSubscription<Text>("chatter", _ => { }, QosProfile.Default);
        subscription.IncompatibleQos += requested.Post;

        Assert.That(offered.Take(), Is.EqualTo(QosPolicyKind.Reliability));
        Assert.That(requested.Take(), Is.EqualTo(QosPolicyKind.Reliability));
        subscription.IncompatibleQos += late.Post;
        Assert.That(late.Take(), Is.EqualTo(QosPolicyKind.Reliability));
        log.WaitFor("[WARN]", "[listener]", "'/chatter'");
    }

    [Test]
    public void Both_sides_hear_when_the_other_comes_and_goes()
    {
        using var talker = new SpinningNode("talker");
        using var listener = new SpinningNode("listener");
        using var subscriptions = new Mailbox<int>();
        using var publishers = new Mailbox<int>();
        var publisher = talker.Node.CreatePublisher<Text>("chatter");
        publisher.Matched += subscriptions.Post;
        var subscription = listener.Node.CreateSubscription<Text>("chatter", _ => { });
        subscription.Matched += publishers.Post;
        Assert.That(subscriptions.Take(), Is.EqualTo(1));
        subscription.Dispose();
        Assert.That(subscriptions.Take(), Is.Zero);

        using var another = listener.Node.CreateSubscription<Text>("chatter", _ => { });
        Assert.That(another.WaitForPublishers(1, Within.Time), Is.True);
        another.Matched += publishers.Post;
        publisher.Dispose();
        while (publishers.Take() != 0)
        {
        }
    }

    [Test]
    public async Task Awaiting_the_other_side_completes_when_it_comes()
    {
        using var talker = new SpinningNode("talker");
        using var listener = new SpinningNode("listener");
        using var publisher = talker.Node.CreatePublisher<Text>("chatter");
        var matched = publisher.WaitForSubscriptionsAsync(1);
        var seen = talker.Node.Graph.WaitForAsync(() => talker.Node.Graph.CountSubscribers("chatter") == 1);
        Assert.That(matched.IsCompleted || seen.IsCompleted, Is.False);
        using var subscription = listener.Node.CreateSubscription<Text>("chatter");

        await matched.WaitAsync(Within.Time);
        await seen.WaitAsync(Within.Time);
        await subscription.WaitForPublishersAsync(1).WaitAsync(Within.Time);
    }

    [Test]
    public async Task A_shutdown_ends_blocking_waits()
    {
        using var node = new SpinningNode("node");
        using var publisher = node.Node.CreatePublisher<Text>("chatter");
        using var begun = new ManualResetEventSlim();
        Task<bool>[] waits =
        [
            Task.Run(() => publisher.WaitForSubscriptions(1, Timeout.InfiniteTimeSpan)),
            Task.Run(() => node.Node.Graph.WaitFor(
                () =>
                {
                    begun.Set();
                    return false;
                },
                Timeout.InfiniteTimeSpan)),
        ];
        Assert.That(begun.Wait(Within.Time));
        Rclcs.Shutdown(node.Context);
        Assert.That(await Task.WhenAll(waits).WaitAsync(Within.Time), Is.All.False);
    }

    [Test]
    public async Task Waits_may_be_as_long_as_can_be_said()
    {
        using var node = new SpinningNode("node").Start();
        using var publisher = node.Node.CreatePublisher<Text>("chatter");
        var wait = Task.Run(() => publisher.WaitForSubscriptions(1, TimeSpan.MaxValue));
        using var other = new SpinningNode("other");
        using var executor = new Executor(other.Context);
        executor.Add(other.Node);
        var spin = Task.Run(() => executor.SpinOnce(TimeSpan.MaxValue));
        using var subscription = other.Node.CreateSubscription<Text>("chatter", _ => { });
        Assert.That(await wait.WaitAsync(Within.Time), Is.True);
        publisher.Publish(new Text { Data = "at last" });
        await spin.WaitAsync(Within.Time);
    }

    [Test]
    public void What_is_created_while_the_node_is_disposed_of_does_not_outlive_it()
    {
        using var context = TestDomain.Join();
        using var observer = new SpinningNode("observer");
        for (var i = 0; i < 20; i++)
        {
            var node = Rclcs.CreateNode($"node_{i}", context);
            var creating = Task.Run(() =>
            {
                while (true)
                {
                    node.CreatePublisher<Text>("of_the_dead");
                    node.CreateSubscription<Text>("of_the_dead", _ => { });
                }
            });
            Assert.That(observer.Node.Graph.WaitFor(() => observer.Node.Graph.CountSubscribers("/of_the_dead") > 0, Within.Time));
            node.Dispose();
            Assert.That(async () => await creating, Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(observer.Node.Graph.WaitFor(
                () => observer.Node.Graph.CountSubscribers("/of_the_dead") + observer.Node.Graph.CountPublishers("/of_the_dead") == 0, Within.Time));
        }
    }

    [Test]
    public void What_a_handler_throws_comes_out_of_spinning()
    {
        using var context = TestDomain.Join();
        using var node = Rclcs.CreateNode("node", context);
        using var publisher = node.CreatePublisher<Text>("chatter");
        publisher.Matched += _ => throw new InvalidDataException("a handler's");
        using var subscription = node.CreateSubscription<Text>("chatter", _ => { });
        Assert.That(() =>
        {
            for (var end = DateTime.UtcNow + Within.Time; DateTime.UtcNow < end;)
                Rclcs.SpinOnce(node, context, 0.1);
        }, Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void Awaiting_is_canceled_by_the_token_by_disposing_and_by_shutting_down()
    {
        using var node = new SpinningNode("node");
        using var cancel = new CancellationTokenSource();
        var publisher = node.Node.CreatePublisher<Text>("chatter");
        var canceled = publisher.WaitForSubscriptionsAsync(1, cancel.Token);
        var disposed = publisher.WaitForSubscriptionsAsync(1);
        var shutDown = node.Node.Graph.WaitForAsync(() => false);
        cancel.Cancel();
        Assert.That(async () => await canceled.WaitAsync(Within.Time), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(disposed.IsCompleted, Is.False);
        publisher.Dispose();
        Assert.That(async () => await disposed.WaitAsync(Within.Time), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(shutDown.IsCompleted, Is.False);
        Rclcs.Shutdown(node.Context);
        Assert.That(async () => await shutDown.WaitAsync(Within.Time), Throws.InstanceOf<OperationCanceledException>());
    }
}

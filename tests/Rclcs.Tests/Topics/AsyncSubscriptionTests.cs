using rclcs.Tests.Support;
using Text = std_msgs.msg.String;

namespace rclcs.Tests.Topics;

public sealed class AsyncSubscriptionTests
{
    [Test]
    public async Task Messages_come_by_await_foreach_in_order_until_the_loop_is_left_and_then_on()
    {
        using var node = new SpinningNode("node");
        using var publisher = node.Node.CreatePublisher<Text>("chatter");
        using var subscription = node.Node.CreateSubscription<Text>("chatter");
        node.Start();
        await publisher.WaitForSubscriptionsAsync(1).WaitAsync(Within.Time);
        foreach (var text in new[] { "one", "two", "three" })
            publisher.Publish(new Text { Data = text });

        Assert.That(await Read(subscription, count: 2), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(await Read(subscription, count: 1), Is.EqualTo(new[] { "three" }));
        Assert.That(subscription.DroppedCount, Is.Zero);
    }

    [Test]
    public async Task A_reader_that_is_too_slow_misses_the_oldest_messages_and_can_tell_how_many()
    {
        using var node = new SpinningNode("node");
        using var arrived = new Mailbox<string>();
        using var publisher = node.Node.CreatePublisher<Text>("chatter");
        using var subscription = node.Node.CreateSubscription<Text>("chatter", QosProfile.Default with { Depth = 2 });
        using var witness = node.Node.CreateSubscription<Text>("chatter", text => arrived.Post(text.Data));
        node.Start();
        await publisher.WaitForSubscriptionsAsync(2).WaitAsync(Within.Time);
        await subscription.WaitForPublishersAsync(1).WaitAsync(Within.Time);
        await witness.WaitForPublishersAsync(1).WaitAsync(Within.Time);
        for (var i = 1; i <= 5; i++)
        {
            publisher.Publish(new Text { Data = $"{i}" });
            arrived.Take();
        }

        // The witness may have its turn first.
        SpinWait.SpinUntil(() => subscription.DroppedCount == 3, Within.Time);
        Assert.That(await Read(subscription, count: 2), Is.EqualTo(new[] { "4", "5" }));
        Assert.That(subscription.DroppedCount, Is.EqualTo(3));
    }

    [Test]
    public async Task Keep_all_keeps_all()
    {
        using var node = new SpinningNode("node");
        var qos = QosProfile.Default with { History = HistoryPolicy.KeepAll };
        using var publisher = node.Node.CreatePublisher<Text>("chatter", qos);
        using var subscription = node.Node.CreateSubscription<Text>("chatter", qos);
        node.Start();
        await publisher.WaitForSubscriptionsAsync(1).WaitAsync(Within.Time);
        var texts = Enumerable.Range(0, 100).Select(i => $"{i}").ToArray();
        foreach (var text in texts)
            publisher.Publish(new Text { Data = text });

        Assert.That(await Read(subscription, texts.Length), Is.EqualTo(texts));
    }

    [Test]
    public void The_token_ends_the_loop_with_OperationCanceledException()
    {
        using var node = new SpinningNode("node");
        using var subscription = node.Node.CreateSubscription<Text>("chatter");
        using var cancel = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            await foreach (var message in subscription.WithCancellation(cancel.Token))
                message.Dispose();
        });
        cancel.Cancel();

        Assert.That(async () => await reading.WaitAsync(Within.Time), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_loop_ends_with_the_subscription_or_the_context(bool withContext)
    {
        using var node = new SpinningNode("node");
        using var subscription = node.Node.CreateSubscription<Text>("chatter");
        var reading = Read(subscription, count: 1);
        if (withContext)
            Rclcs.Shutdown(node.Context);
        else
            subscription.Dispose();

        Assert.That(await reading, Is.Empty);
    }

    private static async Task<List<string>> Read(IAsyncSubscription<Text> subscription, int count)
    {
        using var timeout = new CancellationTokenSource(Within.Time);
        var texts = new List<string>();
        await foreach (var message in subscription.WithCancellation(timeout.Token))
        {
            using (message)
                texts.Add(message.Message.Data);

            if (texts.Count == count)
                break;
        }

        return texts;
    }
}

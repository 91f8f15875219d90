using rclcs.Tests.Support;
using Image = sensor_msgs.msg.Image;
using Text = std_msgs.msg.String;

namespace rclcs.Tests.Topics;

public sealed class PublishSubscribeTests
{
    [Test]
    public void A_text_reaches_a_subscription_in_another_context()
    {
        using var conversation = new Conversation();

        Assert.That(conversation.Say("grüß Gott"), Is.EqualTo("grüß Gott"));
        Assert.That(conversation.Publisher.SubscriptionCount, Is.EqualTo(1));
        Assert.That(conversation.Subscription.PublisherCount, Is.EqualTo(1));
        Assert.That(conversation.Publisher.TopicName, Is.EqualTo("/chatter"));
    }

    [Test]
    public void Messages_arrive_in_order_and_none_is_lost()
    {
        const int Count = 500;
        using var talker = new SpinningNode("talker");
        using var listener = new SpinningNode("listener");
        using var received = new Mailbox<string>();
        var qos = QosProfile.Default with { History = HistoryPolicy.KeepAll };
        using var publisher = talker.Node.CreatePublisher<Text>("chatter", qos);
        using var subscription = listener.Node.CreateSubscription<Text>("chatter", text => received.Post(text.Data), qos);
        listener.Start();
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);

        for (var i = 0; i < Count; i++)
            publisher.Publish(new Text { Data = $"{i}" });

        for (var i = 0; i < Count; i++)
            Assert.That(received.Take(), Is.EqualTo($"{i}"));
    }

    [TestCase("camera_optical_frame", "bgr8", 480u)]
    [TestCase("", "", 0u)]
    [TestCase("Kamera_über_der_Tür", "rgb8; jpeg compressed bgr8", uint.MaxValue)]
    [TestCase("c", "mono8", 1u)]
    public void Large_messages_arrive_with_the_fields_of_each_and_not_of_the_one_before(string frame, string text, uint number)
    {
        using var talker = new SpinningNode("talker");
        using var listener = new SpinningNode("listener");
        using var received = new Mailbox<(string Frame, string Encoding, uint Height, int Sec, byte IsBigEndian, int Bytes)>();
        using var publisher = talker.Node.CreatePublisher<Image>("image");
        using var subscription = listener.Node.CreateSubscription<Image>("image", image => received.Post(
            (image.Header.FrameId, image.Encoding, image.Height, image.Header.Stamp.Sec, image.IsBigendian, image.Data.Length)));
        listener.Start();
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);

        publisher.Publish(Pictures.Create(seed: 7));
        var image = Pictures.Create(seed: -8);
        (image.Header.FrameId, image.Encoding, image.Height, image.IsBigendian) = (frame, text, number, 1);
        publisher.Publish(image);
        publisher.Publish(Pictures.Create(seed: 9));

        var usual = ("camera_optical_frame", "bgr8", 480u, 7, (byte)0, Pictures.Bytes);
        Assert.That(received.Take(), Is.EqualTo(usual));
        Assert.That(received.Take(), Is.EqualTo((frame, text, number, -8, (byte)1, Pictures.Bytes)));
        Assert.That(received.Take(), Is.EqualTo(usual with { Item4 = 9 }));
    }

    [Test]
    public void An_image_arrives_byte_for_byte_and_its_pixels_are_a_view_until_the_message_is_disposed()
    {
        var sent = Pictures.Create(seed: 7);
        using var talker = new SpinningNode("talker");
        using var listener = new SpinningNode("listener");
        using var received = new Mailbox<ReceivedMessage<Image>>();
        using var publisher = talker.Node.CreatePublisher<Image>("image");
        using var subscription = listener.Node.CreateOwnedSubscription<Image>(
            "image", image => received.Post(image));
        listener.Start();
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);

        var before = talker.Node.Clock.NowNanoseconds;
        publisher.Publish(sent);
        var message = received.Take();

        Assert.That(message.Message.Data.Span.SequenceEqual(sent.Data.Span), Is.True);
        Assert.That(message.Message.Encoding, Is.EqualTo("bgr8"));
        Assert.That(message.Message.Header.FrameId, Is.EqualTo("camera_optical_frame"));
        Assert.That(message.Info.SourceTimestamp, Is.InRange(before, talker.Node.Clock.NowNanoseconds));

        // On librcl each rmw has its own idea of it, which is not that of the graph.
        var gid = listener.Node.Graph.AwaitPublisher("image").Gid;
        Assert.That(message.Info.PublisherGid, Middlewares.IsRcl ? Is.Not.EqualTo(default(Gid)) : Is.EqualTo(gid));

        var pixels = message.Message.Data;
        message.Dispose();
        Assert.That(() => pixels.Span[0], Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_message_outlives_its_subscription_and_context()
    {
        var sent = Pictures.Create(seed: 3);
        using var received = new Mailbox<ReceivedMessage<Image>>();
        using (var talker = new SpinningNode("talker"))
        using (var listener = new SpinningNode("listener"))
        {
            using var publisher = talker.Node.CreatePublisher<Image>("image");
            using var subscription = listener.Node.CreateOwnedSubscription<Image>(
                "image", image => received.Post(image));
            listener.Start();
            Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);
            publisher.Publish(sent);
            publisher.WaitForSubscriptions(2, TimeSpan.Zero);
            received.Post(received.Take());
        }

        using var message = received.Take();
        Assert.That(message.Message.Data.Span.SequenceEqual(sent.Data.Span), Is.True);
    }

    [Test]
    public void Who_comes_late_gets_the_last_latched_message()
    {
        using var talker = new SpinningNode("talker");
        using var publisher = talker.Node.CreatePublisher<Text>("map", QosProfile.Latched);
        publisher.Publish(new Text { Data = "old" });
        publisher.Publish(new Text { Data = "last" });

        using var listener = new SpinningNode("listener");
        using var received = new Mailbox<string>();
        using var subscription = listener.Node.CreateSubscription<Text>(
            "map", text => received.Post(text.Data), QosProfile.Latched);
        listener.Start();

        Assert.That(received.Take(), Is.EqualTo("last"));
    }

    [Test]
    public void Both_sides_are_told_when_their_quality_of_service_does_not_go_together()
    {
        using var log = new LogCapture();
        using var talker = new SpinningNode("talker");
        using var listener = new SpinningNode("listener");
        using var publisher = talker.Node.CreatePublisher<Text>("chatter", QosProfile.SensorData);
        using var subscription = listener.Node.CreateSubscription<Text>("chatter", _ => { }, QosProfile.Default);

        log.WaitFor("[WARN]", "[talker]", "'/chatter'", "Reliability", "no messages go there");
        log.WaitFor("[WARN]", "[listener]", "'/chatter'", "Reliability", "no messages come from there");
        Assert.That(publisher.SubscriptionCount, Is.Zero);
        Assert.That(subscription.PublisherCount, Is.Zero);
    }

    [Test]
    public void Waiting_for_a_subscription_ends_at_its_time_out_and_when_canceled()
    {
        using var talker = new SpinningNode("talker");
        using var publisher = talker.Node.CreatePublisher<Text>("nobody");
        using var canceled = new CancellationTokenSource();
        var waiting = Task.Run(() => publisher.WaitForSubscriptions(1, Timeout.InfiniteTimeSpan, canceled.Token));
        canceled.Cancel();

        Assert.That(publisher.WaitForSubscriptions(1, TimeSpan.FromMilliseconds(10)), Is.False);
        Assert.That(waiting.Wait(Within.Time), Is.True);
        Assert.That(waiting.Result, Is.False);
    }

    [Test]
    public void Counts_follow_subscriptions_that_come_and_go()
    {
        using var talker = new SpinningNode("talker");
        using var listener = new SpinningNode("listener");
        using var publisher = talker.Node.CreatePublisher<Text>("chatter");
        var subscription = listener.Node.CreateSubscription<Text>("chatter", _ => { });
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);
        subscription.Dispose();

        Assert.That(talker.Node.Graph.WaitFor(() => publisher.SubscriptionCount == 0, Within.Time), Is.True);
    }

    [Test]
    public void Publishing_after_dispose_is_refused()
    {
        using var talker = new SpinningNode("talker");
        var publisher = talker.Node.CreatePublisher<Text>("chatter");
        publisher.Dispose();

        Assert.That(() => publisher.Publish(new Text()), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    [EmbeddedMiddleware]
    public void A_message_that_breaks_a_bound_is_refused_and_the_next_one_goes_through()
    {
        using var talker = new SpinningNode("talker");
        using var received = new Mailbox<int>();
        using var publisher = talker.Node.CreatePublisher<rclcs_test_msgs.msg.EveryKind>("kinds");
        using var subscription = talker.Node.CreateSubscription<rclcs_test_msgs.msg.EveryKind>(
            "kinds", _ => received.Post(1));
        talker.Start();
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);
        var broken = Serialization.Samples.EveryKind();
        broken.ABoundedString = new string('x', 1000);

        Assert.That(() => publisher.Publish(broken), Throws.InstanceOf<rclcs.Serialization.CdrException>());
        publisher.Publish(Serialization.Samples.EveryKind());
        Assert.That(received.Take(), Is.EqualTo(1));
    }

    [Test]
    public void A_message_that_cannot_be_read_is_dropped_with_a_warning_and_the_next_one_arrives()
    {
        using var log = new LogCapture();
        using var talker = new SpinningNode("talker");
        using var listener = new SpinningNode("listener");
        using var received = new Mailbox<string>();
        using var subscription = listener.Node.CreateSubscription<Text>("chatter", text => received.Post(text.Data));
        listener.Start();

        // A string that announces 255 bytes and has none, written below the publisher that would not.
        var type = new rclcs.Middleware.MessageType(Text.TypeName, Text.TypeHash);
        using var raw = ((Node)talker.Node).Middleware.CreatePublisher("/chatter", type, QosProfile.Default);
        Assert.That(raw.WaitForMatched(1, Within.Time, CancellationToken.None), Is.True);
        var broken = raw.Allocate(8);
        new byte[] { 0, 1, 0, 0, 255, 0, 0, 0 }.CopyTo(broken.Bytes);
        raw.Write(broken);
        log.WaitFor("[WARN]", "'/chatter' cannot be read and is dropped");

        using var publisher = talker.Node.CreatePublisher<Text>("chatter");
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);
        publisher.Publish(new Text { Data = "whole" });
        Assert.That(received.Take(), Is.EqualTo("whole"));
    }
}

using rclcs.Serialization;
using rclcs.Tests.Support;
using Text = std_msgs.msg.String;

namespace rclcs.Tests.Topics;

public sealed class GenericEndpointTests
{
    [Test]
    public void A_message_of_a_type_known_by_name_only_goes_out_and_comes_in_as_bytes()
    {
        using var talker = new SpinningNode("talker");
        using var listener = new SpinningNode("listener");
        using var raw = new Mailbox<(byte[] Bytes, Gid Publisher)>();
        using var typed = new Mailbox<string>();
        using var publisher = talker.Node.CreateGenericPublisher("chatter", Text.TypeName, typeHash: Text.TypeHash);
        using var rawSubscription = listener.Node.CreateGenericSubscription(
            "chatter", Text.TypeName, (message, info) => raw.Post((message.ToArray(), info.PublisherGid)));
        using var subscription = listener.Node.CreateSubscription<Text>("chatter", text => typed.Post(text.Data));
        listener.Start();
        Assert.That(publisher.WaitForSubscriptions(2, Within.Time), Is.True);
        var sent = MessageSerializer.Serialize(new Text { Data = "as bytes" });
        publisher.Publish(sent);

        Assert.That(typed.Take(), Is.EqualTo("as bytes"));
        var (bytes, gid) = raw.Take();
        Assert.That(bytes.AsSpan(0, sent.Length).ToArray(), Is.EqualTo(sent));
        var endpoint = listener.Node.Graph.AwaitPublisher("chatter");
        Assert.That(gid, Middlewares.IsRcl ? Is.Not.EqualTo(default(Gid)) : Is.EqualTo(endpoint.Gid));
        Assert.That(endpoint.TypeName, Is.EqualTo("std_msgs/msg/String"));
        Assert.That(endpoint.TypeHash, Is.EqualTo(Text.TypeHash));
    }

    [Test]
    public void Bytes_that_are_no_CDR_are_not_sent()
    {
        using var node = new SpinningNode("node");
        using var publisher = node.Node.CreateGenericPublisher("chatter", Text.TypeName);

        Assert.That(() => publisher.Publish([]), Throws.InstanceOf<CdrException>());
        Assert.That(() => publisher.Publish([1, 2, 3, 4, 5]), Throws.InstanceOf<CdrException>());
    }
}

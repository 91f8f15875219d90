using rclcs.Middleware;
using rclcs.Middleware.CycloneDds;
using rclcs.Serialization;
using rclcs.Tests.Support;
using Text = std_msgs.msg.String;

namespace rclcs.Tests.Middleware.CycloneDds;

[EmbeddedMiddleware]
public sealed class DiscoveryTests
{
    // Of a real ROS 2.
    private const string HashOfString = "RIHS01_df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18";

    [Test]
    public void Nodes_topics_types_hashes_and_quality_of_service_are_seen_by_others()
    {
        using var talker = new SpinningNode("talker", "--ros-args", "-r", "__ns:=/robot");
        using var listener = new SpinningNode("listener");
        using var publisher = talker.Node.CreatePublisher<Text>("chatter", QosProfile.Latched);
        using var subscription = listener.Node.CreateSubscription<Text>("/robot/chatter", _ => { }, QosProfile.SensorData);

        Assert.That(
            listener.Node.Graph.WaitFor(
                () => listener.Node.Graph.GetPublishersInfo("/robot/chatter") is [{ Node.Name: "talker" }], Within.Time),
            Is.True);
        var seen = listener.Node.Graph.GetPublishersInfo("/robot/chatter").Single();
        Assert.That(seen.Node, Is.EqualTo(new NodeNameAndNamespace("talker", "/robot")));
        Assert.That(seen.TypeName, Is.EqualTo("std_msgs/msg/String"));
        Assert.That(seen.TypeHash, Is.EqualTo(HashOfString));
        Assert.That(seen.Qos.Durability, Is.EqualTo(DurabilityPolicy.TransientLocal));
        Assert.That(seen.Qos.Reliability, Is.EqualTo(ReliabilityPolicy.Reliable));
        Assert.That(
            listener.Node.Graph.GetNodeNames().Select(node => node.FullyQualifiedName),
            Is.EquivalentTo(new[] { "/robot/talker", "/listener" }));
        Assert.That(
            listener.Node.Graph.GetTopicNamesAndTypes()["/robot/chatter"], Is.EqualTo(new[] { "std_msgs/msg/String" }));
        Assert.That(
            talker.Node.Graph.WaitFor(() => talker.Node.Graph.CountSubscribers("chatter") == 1, Within.Time), Is.True);
        Assert.That(
            talker.Node.Graph.GetSubscriptionsInfo("chatter").Single().Qos.Reliability,
            Is.EqualTo(ReliabilityPolicy.BestEffort));
    }

    [Test]
    public void A_node_that_ends_vanishes_from_the_graph()
    {
        using var watcher = new SpinningNode("watcher");
        using (var talker = new SpinningNode("talker"))
        {
            using var publisher = talker.Node.CreatePublisher<Text>("chatter");
            Assert.That(watcher.Node.Graph.WaitFor(() => watcher.Node.Graph.GetNodeNames().Count == 2, Within.Time), Is.True);
            Assert.That(watcher.Node.Graph.WaitFor(() => watcher.Node.Graph.CountPublishers("chatter") == 1, Within.Time), Is.True);
        }

        Assert.That(watcher.Node.Graph.WaitFor(() => watcher.Node.Graph.GetNodeNames().Count == 1, Within.Time), Is.True);
        Assert.That(watcher.Node.Graph.WaitFor(() => watcher.Node.Graph.CountPublishers("chatter") == 0, Within.Time), Is.True);
    }

    [Test]
    public void Ros_discovery_info_is_the_message_that_ROS_2_reads()
    {
        using var talker = new SpinningNode("talker", "--ros-args", "--disable-rosout-logs");
        using var publisher = talker.Node.CreatePublisher<Text>("chatter");
        using var subscription = talker.Node.CreateSubscription<Text>("other", _ => { });
        using var watcher = new CycloneContext(MiddlewareEnvironment.ReadOptions(domainId: TestDomain.Id));
        using var qos = DdsQos.Create(QosProfile.Latched, "");
        using var reader = new CycloneReader(watcher, DiscoveryInfo.TopicName, DiscoveryInfo.TypeName, qos, listener: 0);
        using var waitSet = watcher.CreateWaitSet();
        waitSet.Attach(reader);

        var graph = talker.Node.Graph;
        Assert.That(graph.WaitFor(() => graph.CountPublishers("chatter") == 1 && graph.CountSubscribers("other") == 1, Within.Time));
        var publishing = graph.GetPublishersInfo("chatter").Single().Gid;
        var subscribing = graph.GetSubscriptionsInfo("other").Single().Gid;

        // Its own empty list comes too, and each state of the other's that was sent meanwhile.
        rmw_dds_common.msg.ParticipantEntitiesInfo info;
        do
        {
            waitSet.Wait(Within.Time, []);
            Assert.That(reader.TryTake(out var message, out _), Is.True);
            info = Read(message);
        }
        while (info.NodeEntitiesInfoSeq is not [var entities]
            || !entities.ReaderGidSeq.Exists(gid => new Gid(gid.Data) == subscribing)
            || !entities.WriterGidSeq.Exists(gid => new Gid(gid.Data) == publishing));

        var node = info.NodeEntitiesInfoSeq[0];
        Assert.That(node.NodeName, Is.EqualTo("talker"));
        Assert.That(node.NodeNamespace, Is.EqualTo("/"));

        // A participant's GUID differs from those of its endpoints in the last four bytes only.
        Assert.That(info.Gid.Data[..12], Is.EqualTo(node.WriterGidSeq[0].Data[..12]));
    }

    [Test]
    public void Gids_have_24_bytes_for_Humble()
    {
        var info = new DiscoveryInfo(gidSize: 24)
        {
            Participant = new Gid([.. Enumerable.Range(1, 16).Select(i => (byte)i)]),
            Nodes = [new NodeDiscoveryInfo(new NodeNameAndNamespace("n", "/"), [], [new Gid(new byte[16])])],
        };
        var bytes = MessageSerializer.Serialize(info);
        var again = new DiscoveryInfo(gidSize: 24);
        var reader = new CdrReader(bytes);
        again.Deserialize(ref reader);

        // Header; gid and its padding; count; "/" and padding; "n" and padding; no readers; one writer.
        Assert.That(bytes, Has.Length.EqualTo(4 + 24 + 4 + 4 + 2 + 2 + 4 + 2 + 2 + 4 + 4 + 24));
        Assert.That(bytes[4..28], Is.EqualTo(Enumerable.Range(1, 16).Concat(Enumerable.Repeat(0, 8)).Select(i => (byte)i)));
        Assert.That(again.Participant, Is.EqualTo(info.Participant));
        Assert.That(again.Nodes.Single().Node, Is.EqualTo(info.Nodes[0].Node));
        Assert.That(again.Nodes.Single().Writers, Is.EqualTo(info.Nodes[0].Writers));
    }

    [Test]
    public void Messages_that_are_no_discovery_info_end_in_an_exception()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            if (bytes.Length >= 4)
                (bytes[0], bytes[1]) = (0, (byte)random.Next(2));

            try
            {
                var reader = new CdrReader(bytes);
                new DiscoveryInfo(gidSize: 16).Deserialize(ref reader);
            }
            catch (CdrException)
            {
                continue;
            }
        }
    }

    private static rmw_dds_common.msg.ParticipantEntitiesInfo Read(IncomingMessage message)
    {
        using var bytes = new UnmanagedMemory();
        bytes.Set(message.Data, message.Length);
        var info = MessageSerializer.Deserialize<rmw_dds_common.msg.ParticipantEntitiesInfo>(bytes.Memory);
        message.Release();
        return info;
    }
}

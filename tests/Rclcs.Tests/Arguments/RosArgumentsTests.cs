using rclcs.Tests.Support;
using Text = std_msgs.msg.String;

namespace rclcs.Tests.Arguments;

public sealed class RosArgumentsTests
{
    [Test]
    public void The_program_gets_what_is_not_for_ROS() => Assert.That(
        Rclcs.RemoveRosArguments(
            ["--save", "x", "--ros-args", "-r", "a:=b", "--", "--seconds", "3", "--ros-args", "-p", "n:=1"]),
        Is.EqualTo(new[] { "--save", "x", "--seconds", "3" }));

    [Test]
    public void Nodes_topics_and_namespaces_are_remapped()
    {
        using var node = new SpinningNode(
            "talker",
            "--ros-args", "-r", "__node:=camera", "-r", "__ns:=/robot", "-r", "image:=/front/image", "-r", "~/info:=info",
            "-r", "other:chatter:=wrong", "-r", "camera:chatter:=right");
        using var image = node.Node.CreatePublisher<Text>("image");
        using var info = node.Node.CreatePublisher<Text>("~/info");
        using var chatter = node.Node.CreatePublisher<Text>("chatter");
        using var absolute = node.Node.CreatePublisher<Text>("/image");

        Assert.That(node.Node.FullyQualifiedName, Is.EqualTo("/robot/camera"));
        Assert.That(node.Node.Name, Is.EqualTo("camera"));
        Assert.That(node.Node.Namespace, Is.EqualTo("/robot"));
        Assert.That(image.TopicName, Is.EqualTo("/front/image"));
        Assert.That(info.TopicName, Is.EqualTo("/robot/info"));
        Assert.That(chatter.TopicName, Is.EqualTo("/robot/right"));
        Assert.That(absolute.TopicName, Is.EqualTo("/image"));
    }

    [Test]
    public void The_first_remap_rule_that_fits_decides()
    {
        var arguments = RosArguments.Parse(["--ros-args", "-r", "a:=b", "-r", "a:=c", "-r", "rostopic://d:=e"]);
        var node = new NodeNameAndNamespace("n", "/");

        Assert.That(arguments.RemapTopic("/a", node), Is.EqualTo("/b"));
        Assert.That(arguments.RemapTopic("/b", node), Is.EqualTo("/b"));
        Assert.That(arguments.RemapTopic("/d", node), Is.EqualTo("/e"));
    }

    [Test]
    public void A_rule_for_one_node_renames_that_node_only()
    {
        var arguments = RosArguments.Parse(["--ros-args", "-r", "a:__node:=b", "-r", "a:__ns:=/ns"]);

        Assert.That(arguments.RemapNode(new("a", "/")), Is.EqualTo(new NodeNameAndNamespace("b", "/ns")));
        Assert.That(arguments.RemapNode(new("c", "/")), Is.EqualTo(new NodeNameAndNamespace("c", "/")));
    }

    [TestCase("--no-such", "'--no-such' is unknown")]
    [TestCase("-r", "'-r' has no value")]
    [TestCase("-r a", "'a' has no ':='")]
    [TestCase("-r a:=1b", "'a:=1b' is wrong")]
    [TestCase("-r __node:=a/b", "node name 'a/b'")]
    [TestCase("-r 2x:a:=b", "node name '2x'")]
    [TestCase("-p a", "'a' has no ':='")]
    [TestCase("-p :=1", "has no name")]
    [TestCase("-p a:=", "no value")]
    [TestCase("-p a:=[1,x]", "mixes")]
    [TestCase("-p a:={b:1}", "group")]
    [TestCase("--log-level loud", "'loud' is unknown")]
    [TestCase("--params-file /no/such.yaml", "/no/such.yaml cannot be read")]
    public void What_is_wrong_is_said_in_one_sentence(string args, string reason) => Assert.That(
        () => RosArguments.Parse(["--ros-args", .. args.Split(' ')]),
        Throws.InstanceOf<RosArgumentsException>().With.Message.Contains(reason));

    [Test]
    public void The_log_level_is_set_for_all_or_for_one_logger()
    {
        using var node = new SpinningNode("talker", "--ros-args", "--log-level", "warn", "--log-level", "talker:=DEBUG");
        using var other = new SpinningNode("other", "--ros-args", "--log-level", "warn", "--log-level", "talker:=DEBUG");

        Assert.That(node.Node.Logger.Level, Is.EqualTo(LogLevel.Debug));
        Assert.That(other.Node.Logger.Level, Is.EqualTo(LogLevel.Warn));
    }
}

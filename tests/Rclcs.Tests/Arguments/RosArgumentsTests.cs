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

    [TestCase("rostopic://chatter:=x", "/ns/x", "/ns/chatter")]
    [TestCase("rosservice://chatter:=x", "/ns/chatter", "/ns/x")]
    [TestCase("chatter:=/x", "/x", "/x")]
    [TestCase("node:rosservice:///ns/chatter:=~/x", "/ns/chatter", "/ns/node/x")]
    [TestCase("other:chatter:=x", "/ns/chatter", "/ns/chatter")]
    [TestCase("rostopic://~/chatter:=x", "/ns/chatter", "/ns/chatter")]
    [TestCase("{ns}/chatter:=/{node}_x", "/node_x", "/node_x")]
    public void Topics_and_services_are_remapped_together_or_apart(string rule, string topic, string service)
    {
        var arguments = RosArguments.Parse(["--ros-args", "-r", rule]);
        var node = new NodeNameAndNamespace("node", "/ns");

        Assert.That(arguments.RemapTopic("/ns/chatter", node), Is.EqualTo(topic));
        Assert.That(arguments.RemapService("/ns/chatter", node), Is.EqualTo(service));
    }

    // What rclpy of ROS 2 Jazzy does with the same arguments.
    [TestCase("-p p:=1 -p n:p:=2 -p p:=3", 2)]
    [TestCase("-p n:p:=2 -p p:=3", 3)]
    [TestCase("-p p:=1 -p n:p:=2", 2)]
    [TestCase("-p p:=1 -p other:p:=2", 1)]
    public void Of_several_values_the_last_counts_but_those_for_the_same_nodes_stand_together(string args, long expected)
    {
        using var node = new SpinningNode("n", ["--ros-args", .. args.Split(' ')]);

        Assert.That(node.Node.Parameters.Declare("p", 0L), Is.EqualTo(expected));
    }

    [Test]
    public void Switches_and_names_for_the_log_and_the_enclave_are_read_and_the_last_one_counts()
    {
        var arguments = RosArguments.Parse(
        [
            "--ros-args", "--disable-stdout-logs", "--disable-rosout-logs", "--disable-external-lib-logs",
            "--enable-rosout-logs", "--log-file-name", "mine", "--log-config-file", "x.yaml", "-e", "/a", "--enclave", "/b/c",
        ]);

        Assert.That(
            (arguments.LogsToConsole, arguments.LogsToRosout, arguments.LogsToFile), Is.EqualTo((false, true, false)));
        Assert.That((arguments.LogFileName, arguments.HasLogConfigFile), Is.EqualTo(("mine", true)));
        Assert.That(arguments.Enclave, Is.EqualTo("/b/c"));
    }

    [Test]
    public void A_rule_for_one_node_renames_that_node_only()
    {
        var arguments = RosArguments.Parse(["--ros-args", "-r", "a:__node:=b", "-r", "b:__ns:=/ns", "-r", "a:__ns:=/no"]);

        Assert.That(arguments.RemapNode(new("a", "/")), Is.EqualTo(new NodeNameAndNamespace("b", "/ns")));
        Assert.That(arguments.RemapNode(new("c", "/")), Is.EqualTo(new NodeNameAndNamespace("c", "/")));
    }

    [TestCase("chatter:=other", "'chatter:=other' is unknown")]
    [TestCase("--no-such", "'--no-such' is unknown")]
    [TestCase("-r", "'-r' has no value")]
    [TestCase("-r a", "'a' has no ':='")]
    [TestCase("-r a:=1b", "'a:=1b' is wrong")]
    [TestCase("-r __node:=a/b", "node name 'a/b'")]
    [TestCase("-r 2x:a:=b", "node name '2x'")]
    [TestCase("-r __ns:=robot", "namespace 'robot' is invalid: it does not start with '/'")]
    [TestCase("-r __log_level:=debug", "'__log_level' cannot be remapped: there are __node, __name and __ns")]
    [TestCase("-r a:=rostopic://b", "topic name 'rostopic://b' is invalid")]
    [TestCase("-r *:=b", "topic name '*' is invalid")]
    [TestCase("-e robot", "enclave 'robot' is invalid: it does not start with '/'")]
    [TestCase("--log-file-name", "'--log-file-name' has no value")]
    [TestCase("--log-level node:=loud", "'node:=loud' is unknown")]
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

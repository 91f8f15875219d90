namespace rclcs.Tests.Names;

/// <summary>The table of "Topic and Service Names" (design.ros2.org) and some more.</summary>
public sealed class NameExpansionTests
{
    [TestCase("ping", "/", "my_node", "/ping")]
    [TestCase("ping", "/my_ns", "my_node", "/my_ns/ping")]
    [TestCase("/ping", "/my_ns", "my_node", "/ping")]
    [TestCase("~", "/", "my_node", "/my_node")]
    [TestCase("~", "/my_ns", "my_node", "/my_ns/my_node")]
    [TestCase("~/ping", "/", "my_node", "/my_node/ping")]
    [TestCase("~/ping", "/my_ns", "my_node", "/my_ns/my_node/ping")]
    [TestCase("{node}/ping", "/my_ns", "my_node", "/my_ns/my_node/ping")]
    [TestCase("/{node}", "/my_ns", "my_node", "/my_node")]
    [TestCase("{ns}/ping", "/my_ns", "my_node", "/my_ns/ping")]
    [TestCase("{namespace}/{node}/ping", "/a/b", "my_node", "/a/b/my_node/ping")]
    [TestCase("{ns}/ping", "/", "my_node", "/ping")]
    public void Topic_names_expand(string topic, string nodeNamespace, string node, string expected) => Assert.That(
        NameExpansion.ExpandTopic(topic, new NodeNameAndNamespace(node, nodeNamespace)), Is.EqualTo(expected));

    [Test]
    public void An_unknown_substitution_is_refused() => Assert.That(
        () => NameExpansion.ExpandTopic("{robot}/ping", new NodeNameAndNamespace("node", "/")),
        Throws.InstanceOf<InvalidNameException>().With.Message.Contains("'{robot}' is unknown"));

    [Test]
    public void The_root_namespace_alone_is_no_topic() => Assert.That(
        () => NameExpansion.ExpandTopic("{ns}", new NodeNameAndNamespace("node", "/")), Throws.InstanceOf<InvalidNameException>());

    [TestCase("", "/")]
    [TestCase("/", "/")]
    [TestCase("a/b", "/a/b")]
    [TestCase("/a", "/a")]
    public void Namespaces_get_their_slash(string nodeNamespace, string expected) =>
        Assert.That(NameExpansion.ExpandNamespace(nodeNamespace), Is.EqualTo(expected));
}

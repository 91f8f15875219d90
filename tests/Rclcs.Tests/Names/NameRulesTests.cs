namespace rclcs.Tests.Names;

public sealed class NameRulesTests
{
    [TestCase("chatter")]
    [TestCase("/chatter")]
    [TestCase("/a/b/c_1")]
    [TestCase("~")]
    [TestCase("~/chatter")]
    [TestCase("{node}/chatter")]
    [TestCase("/{ns}_x/y")]
    [TestCase("_hidden")]
    [TestCase("__double")]
    public void These_topic_names_are_allowed(string topic) => Assert.That(() => NameRules.CheckTopic(topic), Throws.Nothing);

    [TestCase("", "empty")]
    [TestCase("chatter/", "ends with '/'")]
    [TestCase("/", "ends with '/'")]
    [TestCase("chat ter", "may contain only")]
    [TestCase("chat-ter", "may contain only")]
    [TestCase("chätter", "may contain only")]
    [TestCase("1chatter", "'1chatter' starts with a digit")]
    [TestCase("/a/1b", "'1b' starts with a digit")]
    [TestCase("a//b", "contains '//'")]
    [TestCase("/a/~/b", "'~' stands elsewhere")]
    [TestCase("~chatter", "'~' is not followed by '/'")]
    [TestCase("{node", "no '}'")]
    [TestCase("node}", "no '{'")]
    [TestCase("{no{de}}", "within")]
    [TestCase("{1node}", "no substitution")]
    [TestCase("{}", "no substitution")]
    [TestCase("{no/de}", "no substitution")]
    public void These_topic_names_are_refused_with_the_reason(string topic, string reason) => Assert.That(
        () => NameRules.CheckTopic(topic), Throws.InstanceOf<InvalidNameException>().With.Message.Contains(reason));

    [TestCase("talker")]
    [TestCase("_talker_2")]
    public void These_node_names_are_allowed(string name) => Assert.That(() => NameRules.CheckNodeName(name), Throws.Nothing);

    [TestCase("", "empty")]
    [TestCase("2talker", "digit")]
    [TestCase("/talker", "may contain only")]
    [TestCase("talker-node", "may contain only")]
    public void These_node_names_are_refused_with_the_reason(string name, string reason) => Assert.That(
        () => NameRules.CheckNodeName(name), Throws.InstanceOf<InvalidNameException>().With.Message.Contains(reason));

    [TestCase("/")]
    [TestCase("/a/b")]
    public void These_namespaces_are_allowed(string name) => Assert.That(() => NameRules.CheckNamespace(name), Throws.Nothing);

    [TestCase("", "empty")]
    [TestCase("a", "does not start with '/'")]
    [TestCase("/a/", "ends with '/'")]
    [TestCase("/a//b", "'//'")]
    [TestCase("/~", "may contain only")]
    [TestCase("/1a", "digit")]
    public void These_namespaces_are_refused_with_the_reason(string name, string reason) => Assert.That(
        () => NameRules.CheckNamespace(name), Throws.InstanceOf<InvalidNameException>().With.Message.Contains(reason));

    [Test]
    public void Names_that_are_too_long_for_DDS_are_refused()
    {
        Assert.That(() => NameRules.CheckExpandedTopic("/" + new string('a', 246)), Throws.Nothing);
        Assert.That(
            () => NameRules.CheckExpandedTopic("/" + new string('a', 247)),
            Throws.InstanceOf<InvalidNameException>().With.Message.Contains("247"));
        Assert.That(() => NameRules.CheckNodeName(new string('a', 256)), Throws.InstanceOf<InvalidNameException>());
        Assert.That(() => NameRules.CheckNamespace("/" + new string('a', 245)), Throws.InstanceOf<InvalidNameException>());
    }
}

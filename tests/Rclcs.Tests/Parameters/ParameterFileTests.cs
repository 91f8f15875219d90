namespace rclcs.Tests.Parameters;

public sealed class ParameterFileTests
{
    private const string Example = """
        /**:
          ros__parameters:
            rate: 10.0
            names: [a, b]
        /*/camera:
          ros__parameters:
            rate: 20.0
        robot:
          camera:
            ros__parameters:
              detector:
                scale: 1.3
                min_size: 30
          arm:
            ros__parameters:
              rate: 99.0
        """;

    [TestCase("camera", "/robot", 20.0)]
    [TestCase("arm", "/robot", 99.0)]
    [TestCase("camera", "/", 10.0)]
    [TestCase("camera", "/a/b", 10.0)]
    public void A_node_gets_what_its_name_and_the_wildcards_say(string name, string nodeNamespace, double rate)
    {
        var store = CreateStore(Example, new NodeNameAndNamespace(name, nodeNamespace));

        Assert.That(Declare(store, "rate", 1.0), Is.EqualTo(rate));
        Assert.That(Declare(store, "names", new[] { "x" }), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void Groups_are_joined_by_dots()
    {
        var store = CreateStore(Example, new NodeNameAndNamespace("camera", "/robot"));

        Assert.That(Declare(store, "detector.scale", 1.1), Is.EqualTo(1.3));
        Assert.That(Declare(store, "detector.min_size", 1L), Is.EqualTo(30));
    }

    [TestCase("rate: 10", "config.yaml, line 1, stands outside of any node's ros__parameters")]
    [TestCase("node:\n  ros__parameters: 3", "config.yaml, line 2: ros__parameters of /node holds no 'name: value'")]
    [TestCase("node:\n  ros__parameters:\n    a:", "config.yaml, line 3")]
    [TestCase("node:\n  ros__parameters:\n    a: [1, 2.0]", "an array mixes an integer (1) and a double (2.0)")]
    [TestCase("node:\n  ros__parameters:\n    a: [[1]]", "array holds something else")]
    [TestCase("node: ]", "config.yaml, line 1, is not YAML")]
    public void A_file_that_is_wrong_is_reported_with_its_line(string yaml, string reason) => Assert.That(
        () => ParameterFile.Read(new StringReader(yaml), "config.yaml"),
        Throws.InstanceOf<RosArgumentsException>().With.Message.Contains(reason));

    [Test]
    public void A_value_out_of_range_is_reported_with_name_range_file_and_line()
    {
        var store = CreateStore("detector:\n  ros__parameters:\n    scale: 0.5", new NodeNameAndNamespace("detector", "/"));

        Assert.That(
            () => store.Declare(
                "scale",
                ParameterValue.From(1.3),
                new ParameterDescriptor { FloatingPointRange = new FloatingPointRange(1.01, 2) }),
            Throws.InstanceOf<ParameterException>().With.Message.EqualTo(
                "The parameter 'scale' of /detector cannot be 0.5: 1.01 to 2 is allowed. "
                + "The value comes from config.yaml, line 3."));
    }

    [Test]
    public void A_value_of_the_wrong_type_is_reported_with_what_to_write()
    {
        var store = CreateStore("detector:\n  ros__parameters:\n    scale: 2", new NodeNameAndNamespace("detector", "/"));

        Assert.That(
            () => Declare(store, "scale", 1.3),
            Throws.InstanceOf<ParameterException>().With.Message.EqualTo(
                "The parameter 'scale' of /detector is a double, but 2 is an integer: write 2.0. "
                + "The value comes from config.yaml, line 3."));
    }

    private static NodeParameters CreateStore(string yaml, NodeNameAndNamespace node) =>
        new(node, ParameterFile.Read(new StringReader(yaml), "config.yaml"));

    private static T Declare<T>(NodeParameters store, string name, T value)
        where T : notnull => store.Declare(name, value);
}

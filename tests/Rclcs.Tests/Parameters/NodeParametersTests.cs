using rclcs.Tests.Support;

namespace rclcs.Tests.Parameters;

public sealed class NodeParametersTests
{
    [TestCase(0, 1, 0, 1.0, true)]
    [TestCase(0, 1, 0, -1e-9, false)]
    [TestCase(0, 1e-10, 0, 0.5, false)]
    [TestCase(0, 1, 0.1, 0.3, true)]
    [TestCase(-1, 1, 0.1, 0.15, false)]
    [TestCase(0, 1, 0, double.PositiveInfinity, false)]
    [TestCase(0, 1, 0, double.NegativeInfinity, false)]
    [TestCase(1e308, 1.2e308, 0, 1.7e308, false)]
    [TestCase(0, double.PositiveInfinity, 0, double.PositiveInfinity, true)]
    public void A_range_of_numbers_ends_where_it_says(double from, double to, double step, double value, bool isAllowed) =>
        Assert.That(new FloatingPointRange(from, to, step).Contains(value), Is.EqualTo(isAllowed));

    [Test]
    public void The_command_line_wins_over_the_default_and_later_over_earlier()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "rate:=5.0", "-p", "node:rate:=6.0", "-p", "other:rate:=7.0");

        Assert.That(node.Node.Parameters.Declare("rate", 1.0), Is.EqualTo(6.0));
        Assert.That(node.Node.Parameters.Get<double>("rate"), Is.EqualTo(6.0));
        Assert.That(node.Node.Parameters.Names, Is.EqualTo(new[] { "rate", "start_type_description_service", "use_sim_time" }));
    }

    [Test]
    public void Setting_keeps_to_type_range_and_read_only()
    {
        using var node = new SpinningNode("node");
        node.Node.Parameters.Declare("count", 3L, new ParameterDescriptor { IntegerRange = new IntegerRange(1, 9, Step: 2) });
        node.Node.Parameters.Declare("model", "a", new ParameterDescriptor { ReadOnly = true });

        Assert.That(node.Node.Parameters.Set("count", 5L).Successful, Is.True);
        Assert.That(node.Node.Parameters.Set("count", 4L).Reason, Does.Contain("'count'").And.Contain("1 to 9 in steps of 2"));
        Assert.That(node.Node.Parameters.Set("count", 11L).Successful, Is.False);
        Assert.That(node.Node.Parameters.Set("count", 5.0).Reason, Does.Contain("is an integer, but 5.0 is a double"));
        Assert.That(node.Node.Parameters.Set("model", "b").Reason, Does.Contain("read-only"));
        Assert.That(node.Node.Parameters.Set("absent", 1L).Reason, Does.Contain("not declared"));
        Assert.That(node.Node.Parameters.Get<long>("count"), Is.EqualTo(5));
        Assert.That(node.Node.Parameters.Get<string>("model"), Is.EqualTo("a"));
    }

    [Test]
    public void A_string_is_one_of_those_that_are_allowed()
    {
        using var node = new SpinningNode("node");
        var allowed = new[] { "fast", "exact" };
        node.Node.Parameters.Declare("mode", "fast", new ParameterDescriptor { AllowedStrings = allowed });
        node.Node.Parameters.Declare("modes", new[] { "fast" }, new ParameterDescriptor { AllowedStrings = allowed });
        allowed[1] = "slow";

        Assert.That(node.Node.Parameters.Set("mode", "exact").Successful, Is.True);
        Assert.That(
            node.Node.Parameters.Set("mode", "slow").Reason,
            Does.Contain("'mode'").And.EndWith("cannot be 'slow': 'fast' or 'exact' is allowed."));
        Assert.That(node.Node.Parameters.Set("modes", new[] { "exact", "fast" }).Successful, Is.True);
        Assert.That(node.Node.Parameters.Set("modes", new[] { "exact", "slow" }).Successful, Is.False);
        Assert.That(node.Node.Parameters.Get<string>("mode"), Is.EqualTo("exact"));
        Assert.That(node.Node.Parameters.Describe("mode").AllowedStrings, Is.EqualTo(new[] { "fast", "exact" }));
    }

    [Test]
    public void A_string_that_is_not_allowed_is_refused_when_it_is_declared()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "mode:=slow");

        Assert.That(
            () => node.Node.Parameters.Declare("mode", "fast", new ParameterDescriptor { AllowedStrings = ["fast", "exact"] }),
            Throws.InstanceOf<ParameterException>().With.Message.Contains("cannot be 'slow': 'fast' or 'exact' is allowed."));
        Assert.That(node.Node.Parameters.Has("mode"), Is.False);
    }

    [Test]
    public void A_callback_can_reject_a_value_with_a_reason_until_it_is_disposed()
    {
        using var node = new SpinningNode("node");
        node.Node.Parameters.Declare("mode", "fast");
        using (node.Node.Parameters.AddOnSetCallback(parameters => parameters[0].Value.As<string>() == "slow"
            ? SetParametersResult.Rejected("too slow.")
            : SetParametersResult.Success))
        {
            Assert.That(node.Node.Parameters.Set("mode", "slow").Reason, Does.EndWith("cannot be 'slow': too slow."));
            Assert.That(node.Node.Parameters.Set("mode", "faster").Successful, Is.True);
        }

        Assert.That(node.Node.Parameters.Set("mode", "slow").Successful, Is.True);
    }

    [Test]
    public void Arrays_are_copies()
    {
        using var node = new SpinningNode("node");
        var values = new[] { 1L, 2L };
        node.Node.Parameters.Declare("ids", values);
        values[0] = 9;
        node.Node.Parameters.Get<long[]>("ids")[1] = 9;

        Assert.That(node.Node.Parameters.Get<long[]>("ids"), Is.EqualTo(new[] { 1L, 2L }));
    }

    [Test]
    public void Wrong_use_is_refused()
    {
        using var node = new SpinningNode("node");
        node.Node.Parameters.Declare("rate", 1.0);

        Assert.That(() => node.Node.Parameters.Declare("rate", 1.0), Throws.InstanceOf<ParameterException>());
        Assert.That(() => node.Node.Parameters.Get<long>("rate"), Throws.InstanceOf<ParameterException>()
            .With.Message.EqualTo("The parameter 'rate' of /node is a double, not an integer."));
        Assert.That(() => node.Node.Parameters.Get<double>("absent"), Throws.InstanceOf<ParameterException>());
        Assert.That(() => node.Node.Parameters.Declare("time", TimeSpan.Zero), Throws.InstanceOf<ParameterException>());
    }

    [Test]
    public void A_value_for_a_parameter_that_does_not_exist_is_named_once()
    {
        using var log = new LogCapture();
        using var node = new SpinningNode("node", "--ros-args", "-p", "node:rat:=5.0", "-p", "everybody:=1");
        node.Node.Parameters.Declare("rate", 1.0);
        Rclcs.SpinOnce(node.Node, node.Context, 0);
        Rclcs.SpinOnce(node.Node, node.Context, 0);

        Assert.That(log.Lines, Has.Exactly(1).Contains(
            "There is no parameter 'rat', which the argument 'node:rat:=5.0' sets: is 'rate' meant?"));
        Assert.That(log.Lines, Has.Exactly(1).Contains(
            "There is no parameter 'everybody', which the argument 'everybody:=1' sets."));
    }

    [Test]
    public void A_file_that_has_nothing_for_any_node_of_the_process_is_named_once()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "of_others.yaml");
        File.WriteAllText(file, "/noed:\n  ros__parameters:\n    rate: 5.0\n    size: 3\n/third:\n  ros__parameters: {rate: 1.0}\n");
        var shared = Path.Combine(TestContext.CurrentContext.WorkDirectory, "of_one.yaml");
        File.WriteAllText(shared, "/other:\n  ros__parameters: {rate: 1.0}\n");
        using var log = new LogCapture();
        using var node = new SpinningNode("node", "--ros-args", "--params-file", file, "--params-file", shared);
        using var other = Rclcs.CreateNode("other", node.Context);
        other.Parameters.Declare("rate", 1.0);
        Rclcs.SpinOnce(node.Node, node.Context, 0);
        Rclcs.SpinOnce(other, node.Context, 0);

        Assert.That(log.Lines, Has.Exactly(1).Contains($"The parameter file {file} has nothing for /node, but for /noed, /third: name the section /node or /**."));
        Assert.That(log.Lines, Has.None.Contains(shared));
    }

    [Test]
    public void A_value_for_every_node_is_named_with_file_and_line_unless_a_node_declares_it()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "undeclared.yaml");
        File.WriteAllText(file, "/**:\n  ros__parameters:\n    rate: 5.0\n    min_sise: 3\n");
        using var log = new LogCapture();
        using var node = new SpinningNode("node", "--ros-args", "--params-file", file);
        using var other = Rclcs.CreateNode("other", node.Context);
        other.Parameters.Declare("rate", 1.0);
        node.Node.Parameters.Declare("min_size", 1L);
        Rclcs.SpinOnce(node.Node, node.Context, 0);
        Rclcs.SpinOnce(other, node.Context, 0);

        Assert.That(log.Lines, Has.Exactly(1).Contains(
            $"There is no parameter 'min_sise', which {file}, line 4 sets: is 'min_size' meant?"));
        Assert.That(log.Lines, Has.None.Contains("'rate'"));
    }
}

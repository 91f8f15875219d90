namespace rclcs.Tests.Parameters;

/// <summary>What rclcpp's <c>list_parameters</c> gives for the same names.</summary>
public sealed class ListParametersResultTests
{
    private static readonly string[] Names = ["camera", "camera.exposure.auto", "camera.exposure.gain", "camera.rate", "cameras.count", "rate"];

    [TestCase("", 0, "camera camera.exposure.auto camera.exposure.gain camera.rate cameras.count rate")]
    [TestCase("", 1, "camera rate")]
    [TestCase("", 2, "camera camera.rate cameras.count rate")]
    [TestCase("camera", 0, "camera camera.exposure.auto camera.exposure.gain camera.rate")]
    [TestCase("camera", 1, "camera camera.rate")]
    [TestCase("camera.exposure", 1, "camera.exposure.auto camera.exposure.gain")]
    [TestCase("camera.exposure rate", 1, "camera.exposure.auto camera.exposure.gain rate")]
    [TestCase("absent", 0, "")]
    public void Names_are_chosen_by_prefix_and_depth(string prefixes, int depth, string names) =>
        Assert.That(Choose(prefixes, depth).Names, Is.EqualTo(names.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Test]
    public void The_groups_of_the_names_are_told_once() =>
        Assert.That(Choose("", 0).Prefixes, Is.EqualTo(new[] { "camera.exposure", "camera", "cameras" }));

    private static ListParametersResult Choose(string prefixes, int depth) =>
        ListParametersResult.Choose(Names, prefixes.Split(' ', StringSplitOptions.RemoveEmptyEntries), (ulong)depth);
}

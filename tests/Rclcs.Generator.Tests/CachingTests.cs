using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace rclcs.Generator.Tests;

/// <summary>The generator runs at every key that is hit in an editor, so it must not make again what is made.</summary>
public sealed class CachingTests
{
    private static readonly MsgFile Part = new("/ws/test_pkg/msg/Part.msg", "std_msgs/Header header");
    private static readonly MsgFile Whole = new("/ws/test_pkg/msg/Whole.msg", "Part part\nint23 wrong");

    [Test]
    public void A_change_of_the_code_makes_no_message_again()
    {
        var project = Generation.Project();
        var driver = Generation.Driver(Part, Whole).RunGenerators(project);

        driver = driver.RunGenerators(project.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Changed;")));

        Assert.That(Reasons(driver), Is.EqualTo(new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached }));
        Assert.That(OutputReasons(driver), Is.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void A_comment_in_one_message_makes_only_that_one_again()
    {
        var project = Generation.Project();
        var driver = Generation.Driver(Part, Whole).RunGenerators(project);

        driver = driver
            .ReplaceAdditionalText(Part, new MsgFile(Part.Path, "# A comment\nstd_msgs/Header header"))
            .RunGenerators(project);

        Assert.That(
            Reasons(driver),
            Is.EquivalentTo(new[] { IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged }));
    }

    [Test]
    public void A_new_field_makes_the_messages_that_contain_it_again_because_their_hash_changes()
    {
        var project = Generation.Project();
        var driver = Generation.Driver(Part, Whole).RunGenerators(project);

        driver = driver
            .ReplaceAdditionalText(Part, new MsgFile(Part.Path, "std_msgs/Header header\nint32 added"))
            .RunGenerators(project);

        Assert.That(Reasons(driver), Is.All.EqualTo(IncrementalStepRunReason.Modified));
    }

    private static List<IncrementalStepRunReason> Reasons(GeneratorDriver driver) =>
        [.. driver.GetRunResult().Results[0].TrackedSteps[MessageGenerator.CompileStep]
            .SelectMany(step => step.Outputs).Select(output => output.Reason)];

    private static List<IncrementalStepRunReason> OutputReasons(GeneratorDriver driver) =>
        [.. driver.GetRunResult().Results[0].TrackedOutputSteps.Values
            .SelectMany(steps => steps).SelectMany(step => step.Outputs).Select(output => output.Reason)];
}

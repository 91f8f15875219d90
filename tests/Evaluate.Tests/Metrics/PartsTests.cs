using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Tests.Metrics;

public class PartsTests
{
    private static readonly ClassificationResult[] Faces =
    [
        In("Asian", "male", isRight: true), In("Asian", "male", isRight: true), In("Asian", "male", isRight: false),
        In("Asian", "female", isRight: true), In("Black", "female", isRight: false), In(null, "male", isRight: false),
    ];

    [Test]
    public void Parts_have_their_own_figures_and_empty_ones_none() =>
        Assert.That(
            Parts.By(Faces, ["male", "other", "female"], face => face.Face.Gender, Accuracy.Of),
            Is.EqualTo([new PartFigures("male", 4, 0.5), new PartFigures("female", 2, 0.5)]));

    [Test]
    public void The_worst_group_is_compared_with_the_mean_of_the_groups()
    {
        var groups = Parts.Groups(Faces, face => face.Face.Group, Accuracy.Of)!;

        Assert.That(groups.Groups.Select(group => (group.Name, group.N)), Is.EqualTo(new[]
        {
            ("Asian, female", 1), ("Asian, male", 3), ("Black, female", 1),
        }));
        Assert.That(groups.Mean, Is.EqualTo((1 + 2 / 3.0 + 0) / 3).Within(1e-12));
        Assert.That(groups.Worst, Is.EqualTo("Black, female"));
        Assert.That(groups.WorstMinusMean, Is.EqualTo(-groups.Mean).Within(1e-12));
    }

    [Test]
    public void Of_errors_the_highest_is_worst() =>
        Assert.That(Parts.Groups(Faces, face => face.Face.Group, Accuracy.Of, highIsBad: true)!.Worst, Is.EqualTo("Asian, female"));

    [Test]
    public void Without_groups_there_is_nothing_to_compare() =>
        Assert.That(Parts.Groups(Faces, _ => null, Accuracy.Of), Is.Null);

    private static ClassificationResult In(string? race, string gender, bool isRight) =>
        Sample.Classified(0, isRight ? 0 : 1, face: Sample.Face() with { Race = race, Gender = gender });
}

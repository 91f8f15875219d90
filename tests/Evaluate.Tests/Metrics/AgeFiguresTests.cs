using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Tests.Metrics;

public class AgeFiguresTests
{
    // Errors +4, +8, -12
    private static readonly RegressionResult[] Faces =
    [
        Sample.Estimated(1, 5, face: Aged(1, "Black")),
        Sample.Estimated(2, 10, isKnown: false, face: Aged(2, "Black"), isFound: false),
        Sample.Estimated(75, 63, face: Aged(75, "White")),
    ];

    private readonly AgeFigures _figures =
        AgeFigures.Of(new FaceSet("made up", "made up", [.. Faces.Select(face => face.Face)]), Faces);

    [Test]
    public void The_estimate_is_the_mean_in_years()
    {
        Assert.That((_figures.N, _figures.MeanAbsoluteError, _figures.Bias), Is.EqualTo((3, 8.0, 0.0)));
        Assert.That(_figures.WithinFiveYears, Is.EqualTo(1 / 3.0));
        Assert.That(_figures.WithinTenYears, Is.EqualTo(2 / 3.0));
    }

    [Test]
    public void Unknown_faces_are_not_answered() =>
        Assert.That(_figures.Answered, Is.EqualTo(new AnsweredFigures(2, 2 / 3.0, 8)));

    [Test]
    public void Each_age_has_its_error_and_bias()
    {
        Assert.That(_figures.Ages, Is.EqualTo([new PartFigures("0-2", 2, 6), new PartFigures("70+", 1, 12)]));
        Assert.That(_figures.AgeBias, Is.EqualTo([new PartFigures("0-2", 2, 6), new PartFigures("70+", 1, -12)]));
    }

    [Test]
    public void The_worst_group_has_the_largest_error()
    {
        Assert.That(_figures.Groups!.Worst, Is.EqualTo("White, male"));
        Assert.That(_figures.Groups.WorstMinusMean, Is.EqualTo(3));
    }

    [Test]
    public void Found_faces_are_told_from_others()
    {
        Assert.That(_figures.Boxes!.Found, Is.EqualTo(new PartFigures("face found", 2, 8)));
        Assert.That(_figures.Boxes.Median, Is.EqualTo(new PartFigures("median box", 1, 8)));
        Assert.That(_figures.Boxes.EndToEnd, Is.Null);
    }

    private static LabelledFace Aged(int years, string race) =>
        Sample.Face() with { Age = years, AgeBand = AgeBands.Of(years), Race = race, Gender = "male" };
}

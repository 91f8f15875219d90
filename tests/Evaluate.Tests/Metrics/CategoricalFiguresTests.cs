using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Tests.Metrics;

public class CategoricalFiguresTests
{
    private static readonly string[] Labels = ["female", "male"];

    [Test]
    public void What_the_set_does_not_say_is_left_out()
    {
        var figures = Measure(isCropped: true, Sample.Classified(0, 0), Sample.Classified(1, 0));

        Assert.That(figures.Headline.Accuracy, Is.EqualTo(0.5));
        Assert.That(figures.WithoutDuplicates, Is.Null);
        Assert.That(figures.Groups, Is.Null);
        Assert.That(figures.Ages, Is.Null);
        Assert.That(figures.Glasses, Is.Null);
        Assert.That(figures.Boxes, Is.Null);
        Assert.That(figures.AccuracyWithNeighbours, Is.Null);
    }

    [Test]
    public void Unknown_faces_are_not_answered()
    {
        var figures = Measure(isCropped: true, Sample.Classified(0, 0), Sample.Classified(1, 0, isKnown: false), Sample.Classified(0, 0), Sample.Classified(1, 0));

        Assert.That(figures.Headline.Answered, Is.EqualTo(new AnsweredFigures(3, 0.75, 2 / 3.0)));
        Assert.That(Measure(true, Sample.Classified(0, 0, isKnown: false)).Headline.Answered, Is.EqualTo(new AnsweredFigures(0, 0, null)));
    }

    [Test]
    public void Copies_of_training_pictures_are_left_out_beside()
    {
        var figures = Measure(
            isCropped: true, Sample.Classified(0, 0, face: Sample.Face() with { IsDuplicate = true }),
            Sample.Classified(0, 1, face: Sample.Face() with { IsDuplicate = false }));

        Assert.That((figures.Headline.N, figures.Headline.Accuracy), Is.EqualTo((2, 0.5)));
        Assert.That((figures.WithoutDuplicates!.N, figures.WithoutDuplicates.Accuracy), Is.EqualTo((1, 0.0)));
    }

    [Test]
    public void A_face_counts_end_to_end_if_it_is_found_and_right()
    {
        var boxes = Measure(
            isCropped: false, Sample.Classified(0, 0), Sample.Classified(0, 1), Sample.Classified(0, 0, isFound: false),
            Sample.Classified(1, 1), Sample.Classified(1, 1)).Boxes!;

        Assert.That(boxes.Found, Is.EqualTo(new PartFigures("face found", 4, 0.75)));
        Assert.That(boxes.Median, Is.EqualTo(new PartFigures("median box", 1, 1)));
        Assert.That((boxes.FoundShare, boxes.EndToEnd), Is.EqualTo((0.8, 0.6)));
    }

    [Test]
    public void Glasses_are_compared_with_none()
    {
        var with = Sample.Face() with { Glasses = true };
        var without = Sample.Face() with { Glasses = false };
        var glasses = Measure(
            false, Sample.Classified(0, 0, face: with), Sample.Classified(0, 1, face: with), Sample.Classified(0, 0, face: without)).Glasses!;

        Assert.That((glasses.With.Value, glasses.Without.Value, glasses.Gap), Is.EqualTo((0.5, 1.0, -0.5)));
    }

    [Test]
    public void Ages_are_in_order()
    {
        var figures = Measure(
            false, Sample.Classified(0, 0, face: Sample.Face() with { AgeBand = AgeBands.Of(80) }),
            Sample.Classified(0, 1, face: Sample.Face() with { AgeBand = AgeBands.Of(1) }));

        Assert.That(figures.Ages, Is.EqualTo([new PartFigures("0-2", 1, 0), new PartFigures("70+", 1, 1)]));
    }

    private static CategoricalFigures Measure(bool isCropped, params ClassificationResult[] faces) =>
        CategoricalFigures.Of(new FaceSet("made up", "made up", [.. faces.Select(face => face.Face)]) { IsCropped = isCropped }, faces, Labels);
}

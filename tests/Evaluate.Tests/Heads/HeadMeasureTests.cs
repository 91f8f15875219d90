using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Heads;
using FaceAttributes.Evaluation.Metrics;
using FaceAttributes.Evaluation.Prediction;

namespace FaceAttributes.Evaluation.Tests.Heads;

public class HeadMeasureTests
{
    [TestCase("emotion", 1)]
    [TestCase("gender", 3)]
    [TestCase("age", 2)]
    public void An_attribute_has_its_sets(string attribute, int sets) =>
        Assert.That(HeadMeasure.For(Head(attribute, values: [0, 50])).Sets, Has.Count.EqualTo(sets));

    [Test]
    public void An_unknown_attribute_is_told() =>
        Assert.That(() => HeadMeasure.For(Head("glasses")), Throws.TypeOf<EvaluationException>()
            .With.Message.Contains("no data to measure 'glasses' on").And.Message.Contains("--only"));

    [Test]
    public void An_age_needs_values() =>
        Assert.That(() => HeadMeasure.For(Head("age")), Throws.TypeOf<EvaluationException>().With.Message.Contains("no values"));

    [Test]
    public void A_label_that_the_head_lacks_is_told()
    {
        var set = new FaceSet("made up", "made up", [Sample.Face() with { Gender = "female" }]);

        Assert.That(() => HeadMeasure.For(Head("gender")).Add(set, Predict(set, Head("gender"), 0.3f)), Throws.TypeOf<EvaluationException>()
            .With.Message.Contains("has no label 'female', which made up has"));
    }

    [Test]
    public void Years_are_estimated_and_bands_chosen()
    {
        var head = Head("age", values: [20, 50]);
        var measure = HeadMeasure.For(head);

        // 0.75 · 20 + 0.25 · 50
        var years = new FaceSet("years", "years", [Sample.Face() with { Age = 30, AgeBand = AgeBands.Of(30) }]);
        var bands = new FaceSet("bands", "bands", [Sample.Face() with { AgeBand = AgeBands.Of(25) }]);
        measure.Add(years, Predict(years, head, 0.75f));
        measure.Add(bands, Predict(bands, head, 0.75f));
        measure.AddCorrupted(years, Corruption.All[0], Predict(years, head, 0.5f));

        var figures = measure.Figures;
        Assert.That((figures.Age.Single().Set, figures.Age[0].MeanAbsoluteError), Is.EqualTo(("years", 2.5)));
        Assert.That((figures.Categorical.Single().Set, figures.Categorical[0].Headline.Accuracy), Is.EqualTo(("bands", 1.0)));
        Assert.That((figures.Robustness.Set, figures.Robustness.Measure), Is.EqualTo(("years", "mean_absolute_error")));
        Assert.That(figures.Robustness.Corruptions.Single(), Is.EqualTo(
            new CorruptedFigures("none", 1, Value: 5, CalibrationError: null, new AnsweredFigures(1, Coverage: 1, Value: 5))));
        Assert.That((figures.UnknownBelow, figures.UnknownAbove), Is.EqualTo(((double?)null, (double?)null)));
    }

    [Test]
    public void Worse_pictures_show_whether_confidence_falls_with_accuracy()
    {
        var head = Head("gender") with { UnknownBelow = 0.7f };
        var measure = HeadMeasure.For(head);
        var set = new FaceSet("made up", "made up", [Sample.Face() with { Gender = "young" }, Sample.Face() with { Gender = "old" }]);

        measure.AddCorrupted(set, Corruption.All[0], Predict(set, head, 0.75f));
        measure.AddCorrupted(set, Corruption.All[1], Predict(set, head, 0.5f));

        Assert.That(measure.Figures.Robustness.Corruptions, Is.EqualTo([
            new CorruptedFigures("none", 2, 0.5, 0.25, new AnsweredFigures(2, 1, 0.5)),
            new CorruptedFigures(Corruption.All[1].Name, 2, 0.5, 0, new AnsweredFigures(0, 0, null)),
        ]));
    }

    private static ModelHead Head(string attribute, float[]? values = null) => new()
    {
        Attribute = attribute,
        OutputName = "logits",
        Labels = ["young", "old"],
        Values = values,
    };

    private static PredictedFace[] Predict(FaceSet set, ModelHead head, float first)
    {
        var distribution = new AttributeDistribution(head);
        distribution.Set([first, 1 - first]);
        return [.. set.Faces.Select(face => new PredictedFace(face, IsFound: true, new HeadPrediction(distribution)))];
    }
}

using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Answers;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Heads;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Tests.Heads;

public class HeadMeasuresTests
{
    private static readonly FaceBox Box = new(new Rect(0, 0, 1, 1), IsFound: true);

    [TestCase("emotion", 1)]
    [TestCase("gender", 3)]
    [TestCase("age", 2)]
    public void An_attribute_has_its_sets(string attribute, int sets) =>
        Assert.That(HeadMeasures.For(Head(attribute, values: [0, 50])).Sets, Has.Count.EqualTo(sets));

    [Test]
    public void An_unknown_attribute_is_told() =>
        Assert.That(() => HeadMeasures.For(Head("glasses")), Throws.TypeOf<EvaluationException>()
            .With.Message.Contains("no data to measure 'glasses' on").And.Message.Contains("--only"));

    [Test]
    public void An_age_needs_values() =>
        Assert.That(() => HeadMeasures.For(Head("age")), Throws.TypeOf<EvaluationException>().With.Message.Contains("no values"));

    [Test]
    public void A_label_that_the_head_lacks_is_told()
    {
        var set = new FaceSet("made up", [Sample.Face() with { Gender = "female" }]);

        Assert.That(() => HeadMeasures.For(Head("gender")).Add(set, [Box], [Answer(Head("gender"), 0.3f)]), Throws.TypeOf<EvaluationException>()
            .With.Message.Contains("has no label 'female', which made up has"));
    }

    [Test]
    public void Years_are_estimated_and_bands_chosen()
    {
        var head = Head("age", values: [20, 50]);
        var measure = HeadMeasures.For(head);

        // 0.75 · 20 + 0.25 · 50
        measure.Add(new FaceSet("years", [Sample.Face() with { Age = 30, AgeBand = AgeBands.Of(30) }]), [Box], [Answer(head, 0.75f)]);
        measure.Add(new FaceSet("bands", [Sample.Face() with { AgeBand = AgeBands.Of(25) }]), [Box], [Answer(head, 0.75f)]);
        measure.AddCorrupted(
            new FaceSet("years", [Sample.Face() with { Age = 30 }]), [Box], Corruptions.All[0], [Answer(head, 0.5f)]);

        var figures = measure.Figures;
        Assert.That((figures.Age.Single().Set, figures.Age[0].MeanAbsoluteError), Is.EqualTo(("years", 2.5)));
        Assert.That((figures.Categorical.Single().Set, figures.Categorical[0].Headline.Accuracy), Is.EqualTo(("bands", 1.0)));
        Assert.That((figures.Robustness.Set, figures.Robustness.Measure), Is.EqualTo(("years", "mean_absolute_error")));
        Assert.That(figures.Robustness.Corruptions.Single().Value, Is.EqualTo(5));
        Assert.That((figures.UnknownBelow, figures.UnknownAbove), Is.EqualTo(((double?)null, (double?)null)));
    }

    private static ModelHead Head(string attribute, float[]? values = null) => new()
    {
        Attribute = attribute,
        Output = new ModelOutput("logits", OutputKind.Logits),
        Labels = ["young", "old"],
        Values = values,
    };

    private static HeadAnswer Answer(ModelHead head, float first)
    {
        var distribution = new AttributeDistribution(head);
        distribution.Set([first, 1 - first]);
        return new HeadAnswer(distribution);
    }
}

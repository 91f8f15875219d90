using FaceAttributes.Classification;

namespace FaceAttributes.Tests.Classification;

[TestFixture]
public sealed class AttributeDistributionTests
{
    [Test]
    public void The_label_is_the_most_probable_one()
    {
        var distribution = Emotion(unknownBelow: 0.4f);
        distribution.Set([0.2f, 0.5f, 0.3f]);
        Assert.That((distribution.Label, distribution.Confidence, distribution.IsKnown), Is.EqualTo(("happy", 0.5f, true)));
        Assert.That(distribution.Probabilities.ToArray(), Is.EqualTo(new[] { 0.2f, 0.5f, 0.3f }));
    }

    [Test]
    public void Below_the_threshold_it_is_unknown_but_the_confidence_stays()
    {
        var distribution = Emotion(unknownBelow: 0.51f);
        distribution.Set([0.2f, 0.5f, 0.3f]);
        Assert.That((distribution.Label, distribution.Confidence, distribution.IsKnown), Is.EqualTo(("unknown", 0.5f, false)));
        Assert.That(distribution.MostProbable, Is.EqualTo("happy"));
    }

    [Test]
    public void A_probability_at_the_threshold_is_believed()
    {
        var distribution = Emotion(unknownBelow: 0.5f);
        distribution.Set([0.25f, 0.25f, 0.5f]);
        Assert.That(distribution.Label, Is.EqualTo("sad"));
    }

    [Test]
    public void As_many_probabilities_as_labels_are_needed() =>
        Assert.That(
            () => Emotion(unknownBelow: 0).Set([0.5f, 0.5f]),
            Throws.ArgumentException.With.Message.StartsWith("2 probabilities for 3 labels."));

    [Test]
    public void Labels_without_values_have_no_mean()
    {
        var distribution = Emotion(unknownBelow: 0);
        distribution.Set([0.2f, 0.5f, 0.3f]);
        Assert.That((distribution.Values, distribution.Mean, distribution.StandardDeviation), Is.EqualTo((default(float[]), float.NaN, float.NaN)));
    }

    // 10 a + 20 b + 40 c; the root of a (10 - mean)^2 + b (20 - mean)^2 + c (40 - mean)^2
    [TestCase(1, 0, 0, 10, 0)]
    [TestCase(0.5, 0.5, 0, 15, 5)]
    [TestCase(0, 0.5, 0.5, 30, 10)]
    [TestCase(0.5, 0, 0.5, 25, 15)]
    [TestCase(0.5, 0.25, 0.25, 20, 12.247449)]
    public void Values_have_their_mean_and_standard_deviation(double a, double b, double c, double mean, double deviation)
    {
        var distribution = Age(unknownAbove: 100);
        distribution.Set([(float)a, (float)b, (float)c]);
        Assert.That(distribution.Mean, Is.EqualTo(mean).Within(1e-5));
        Assert.That(distribution.StandardDeviation, Is.EqualTo(deviation).Within(1e-5));
    }

    [TestCase(9.9f, false)]
    [TestCase(10f, true)]
    [TestCase(float.PositiveInfinity, true)]
    public void A_number_is_known_up_to_the_threshold_of_the_standard_deviation(float unknownAbove, bool known)
    {
        var distribution = Age(unknownAbove);
        distribution.Set([0, 0.5f, 0.5f]);
        Assert.That((distribution.IsKnown, distribution.Mean), Is.EqualTo((known, 30f)));
        Assert.That(distribution.Label, Is.EqualTo(known ? "20" : "unknown"));
    }

    [Test]
    public void A_network_that_answers_with_no_number_makes_nothing_known()
    {
        var (emotion, age) = (Emotion(unknownBelow: 0), Age(unknownAbove: float.PositiveInfinity));
        emotion.Set([float.NaN, float.NaN, float.NaN]);
        age.Set([float.NaN, float.NaN, float.NaN]);
        Assert.That((emotion.IsKnown, age.IsKnown), Is.EqualTo((false, false)));
    }

    private static AttributeDistribution Emotion(float unknownBelow) => new(new ModelHead
    {
        Attribute = "emotion",
        OutputName = "emotion",
        Labels = ["angry", "happy", "sad"],
        UnknownBelow = unknownBelow,
    });

    private static AttributeDistribution Age(float unknownAbove) => new(new ModelHead
    {
        Attribute = "age",
        OutputName = "age",
        Labels = ["10", "20", "40"],
        Values = [10, 20, 40],
        UnknownAbove = unknownAbove,
    });
}

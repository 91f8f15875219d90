using FaceAttributes.Classification;

namespace FaceAttributes.Tests.Classification;

[TestFixture]
public sealed class AttributeDistributionTests
{
    private static readonly string[] Labels = ["angry", "happy", "sad"];

    [Test]
    public void The_label_is_the_most_probable_one()
    {
        var distribution = new AttributeDistribution("emotion", Labels, unknownBelow: 0.4f);
        distribution.Set([0.2f, 0.5f, 0.3f]);
        Assert.That((distribution.Label, distribution.Confidence), Is.EqualTo(("happy", 0.5f)));
        Assert.That(distribution.Probabilities.ToArray(), Is.EqualTo(new[] { 0.2f, 0.5f, 0.3f }));
    }

    [Test]
    public void Below_the_threshold_it_is_unknown_but_the_confidence_stays()
    {
        var distribution = new AttributeDistribution("emotion", Labels, unknownBelow: 0.51f);
        distribution.Set([0.2f, 0.5f, 0.3f]);
        Assert.That((distribution.Label, distribution.Confidence), Is.EqualTo(("unknown", 0.5f)));
        Assert.That(distribution.MostProbable, Is.EqualTo("happy"));
    }

    [Test]
    public void A_probability_at_the_threshold_is_believed()
    {
        var distribution = new AttributeDistribution("emotion", Labels, unknownBelow: 0.5f);
        distribution.Set([0.25f, 0.25f, 0.5f]);
        Assert.That(distribution.Label, Is.EqualTo("sad"));
    }

    [Test]
    public void As_many_probabilities_as_labels_are_needed() =>
        Assert.That(
            () => new AttributeDistribution("emotion", Labels, 0).Set([0.5f, 0.5f]),
            Throws.ArgumentException.With.Message.StartsWith("2 probabilities for 3 labels."));
}

using OpenCvSharp;
using Vision.Imaging;

namespace Situations.Tests;

[TestFixture]
public sealed class SituationDescriberTests
{
    [TestCase(1, "greedy")]
    [TestCase(10, "best")] // So wide that no sentence of two words is left out.
    public void The_sentence_is_the_one_that_plain_enumeration_finds(int width, string recorded)
    {
        var (sentence, logProbabilities) = SmallModel.Recorded(recorded);
        using var describer = SituationDescriber.Load(SmallModel.Manifest);
        using var frame = SmallModel.Frame(Scalar.Gray);
        describer.BeamWidth = width;
        describer.Describe(frame);
        Assert.Multiple(() =>
        {
            Assert.That(describer.Sentence.Text, Is.EqualTo(sentence));
            Assert.That(describer.Sentence.LogProbabilities.ToArray(), Is.EqualTo(logProbabilities).Within(1e-3));
            Assert.That(describer.Sentence.Confidence, Is.EqualTo(MathF.Exp(logProbabilities.Average())).Within(1e-5));
        });
    }

    [TestCase(Turn.None, 4, 0)]
    [TestCase(Turn.Right, 0, 0)]
    [TestCase(Turn.Half, 0, 4)]
    [TestCase(Turn.Left, 4, 4)]
    public void Attention_is_where_the_decoder_looked_for_each_word_in_the_upright_picture(Turn upright, int x, int y)
    {
        using var describer = SituationDescriber.Load(SmallModel.Manifest);
        using var picture = new Mat(8, 8, MatType.CV_8UC3, Scalar.Black);
        picture[new Rect(x, y, 4, 4)].SetTo(new Scalar(3, 0, 0));
        using var frame = new ImageFrame { Upright = upright };
        frame.Set(picture);
        describer.Describe(frame);
        Assert.That(describer.Sentence.Count, Is.GreaterThan(0));
        for (var i = 0; i < describer.Sentence.Count; i++)
        {
            var attention = describer.Sentence.Attention(i).ToArray();
            Assert.That(attention.Sum(), Is.EqualTo(1).Within(1e-5));
            Assert.That(Array.IndexOf(attention, attention.Max()), Is.EqualTo(1), "upper right");
        }
    }

    // Logits are 0.04 green; 0.04 red and 0.04 blue, less 0.02 of the others; at a temperature of 2.
    [TestCase(0, 255, 0, "none", 0.01)]
    [TestCase(0, 0, 255, "fire", 0.994)]
    [TestCase(255, 0, 0, "fight", 0.994)]
    [TestCase(0, 0, 0, "unknown", 0.667)]
    public void Danger_is_named_where_it_is_probable_enough(int blue, int green, int red, string label, double probability)
    {
        using var describer = SituationDescriber.Load(SmallModel.Manifest);
        using var frame = SmallModel.Frame(new Scalar(blue, green, red));
        describer.Look(frame);
        var danger = describer.Danger;
        Assert.Multiple(() =>
        {
            Assert.That(danger.Label, Is.EqualTo(label));
            Assert.That(danger.Probability, Is.EqualTo(probability).Within(0.01));
            Assert.That(danger.Probabilities.ToArray().Sum(), Is.EqualTo(1).Within(1e-5));
        });
    }

    [Test]
    public void The_danger_map_shows_where_the_danger_is()
    {
        using var describer = SituationDescriber.Load(SmallModel.Manifest);
        using var picture = new Mat(8, 8, MatType.CV_8UC3, Scalar.Black);
        picture[new Rect(0, 4, 4, 4)].SetTo(Scalar.Red);
        using var frame = new ImageFrame();
        frame.Set(picture);
        describer.Look(frame);
        Assert.That(describer.Danger.Category, Is.EqualTo("fire"));
        Assert.That(describer.DangerMap.ToArray(), Is.EqualTo(new[] { 0, 0, 0.04f * 255, 0 }).Within(1e-3));
    }

    [Test]
    public void A_picture_of_any_size_gets_an_answer([Values(1, 7, 500)] int width, [Values(1, 9, 40)] int height)
    {
        using var describer = SituationDescriber.Load(SmallModel.Manifest);
        using var frame = SmallModel.Frame(new Scalar(10, 20, 250), width, height);
        describer.Describe(frame);
        Assert.That(describer.Danger.Category, Is.EqualTo("fire"));
        Assert.That(describer.Sentence.Text, Is.Not.Empty);
    }

    [Test]
    public void A_warm_picture_and_its_words_allocate_nothing([Values(1, 3)] int width)
    {
        using var describer = SituationDescriber.Load(SmallModel.Manifest);
        using var frame = SmallModel.Frame(Scalar.Gray);
        describer.BeamWidth = width;
        Assert.That(Allocations.Of(() => describer.Describe(frame)), Is.Zero);
    }

    [TestCase(0)]
    [TestCase(11)]
    public void A_beam_outside_its_range_is_refused(int width)
    {
        using var describer = SituationDescriber.Load(SmallModel.Manifest);
        Assert.That(() => describer.BeamWidth = width, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}

using System.Numerics.Tensors;
using System.Text.Json;
using OpenCvSharp;
using Vision.Imaging;

namespace Situations.Tests;

/// <summary>The models that the node comes with, on ONNX Runtime.</summary>
[TestFixture("situation")]
[TestFixture("situation_small")]
public sealed class ReleasedModelTests(string model)
{
    private readonly SituationDescriber _describer = Load(model);
    private readonly ImageFrame _frame = new();

    [OneTimeTearDown]
    public void Free()
    {
        _describer.Dispose();
        _frame.Dispose();
    }

    [Test]
    public void Its_answers_to_a_made_up_picture_are_those_of_PyTorch()
    {
        if (model != "situation")
            Assert.Ignore("Recorded for the large one; the small one is compared with it.");
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "recorded", "situation.json")));
        using var picture = TestPictures.ColorPattern(0, 224, 224);
        Look(picture);
        var encoder = _describer.Encoder;
        _describer.BeamWidth = 1;
        _describer.Describe();
        Assert.Multiple(() =>
        {
            Assert.That(encoder.Danger.ToArray(), Is.EqualTo(Recorded("danger")).Within(1e-3));
            Assert.That(encoder.DangerMaps[..49].ToArray(), Is.EqualTo(Recorded("danger_maps")).Within(1e-3));
            Assert.That(encoder.Hidden.Samples(1)[..16].ToArray(), Is.EqualTo(Recorded("hidden")).Within(1e-4));
            Assert.That(encoder.Keys.Samples(1).Slice(24 * _describer.Manifest.Hidden, 16).ToArray(), Is.EqualTo(Recorded("keys")).Within(1e-3));
            var end = _describer.Manifest.End;
            int[] tokens = [.. file.RootElement.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32()).TakeWhile(token => token != end)];
            Assert.That(tokens, Has.Length.GreaterThan(3));
            Assert.That(_describer.Sentence.Tokens[..tokens.Length].ToArray(), Is.EqualTo(tokens));
        });

        float[] Recorded(string name) => [.. file.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
    }

    [Test]
    public void The_decoder_gets_of_the_small_one_what_it_gets_of_the_large_one()
    {
        using var large = Load("situation");
        _frame.Load(Path.Combine(AppContext.BaseDirectory, "photographs", "astronaut.png"));
        _describer.Look(_frame);
        large.Look(_frame);
        _frame.Clear();
        Assert.That(TensorPrimitives.CosineSimilarity(_describer.Encoder.Keys.Samples(1), large.Encoder.Keys.Samples(1)), Is.GreaterThan(0.7f));
        Assert.That(TensorPrimitives.CosineSimilarity(_describer.Encoder.Values.Samples(1), large.Encoder.Values.Samples(1)), Is.GreaterThan(0.7f));
    }

    [TestCase(1, 1, 0)]
    [TestCase(40, 30, 128)]
    [TestCase(3000, 20, 255)]
    [TestCase(20, 3000, 90)]
    public void A_picture_with_nothing_in_it_gets_a_finished_sentence_or_none(int width, int height, int grey)
    {
        using var picture = new Mat(height, width, MatType.CV_8UC1, Scalar.All(grey));
        Look(picture);
        _describer.BeamWidth = 5;
        _describer.Describe();
        Assert.That(_describer.Danger.Probability, Is.InRange(0, 1));
        Assert.That(_describer.Sentence.Text, Does.Match("^([a-z0-9-]+( [a-z0-9-]+)*)?$"));
        Assert.That(_describer.Sentence.Count, Is.LessThanOrEqualTo(_describer.Manifest.Length));
    }

    [TestCase("astronaut.png")]
    [TestCase("grace_hopper.jpg")]
    public void A_portrait_is_no_danger_and_its_sentence_names_a_person(string photograph)
    {
        _frame.Load(Path.Combine(AppContext.BaseDirectory, "photographs", photograph));
        _describer.BeamWidth = 5;
        _describer.Describe(_frame);
        _frame.Clear();
        Assert.That(_describer.Danger.Probability, Is.LessThan(_describer.Manifest.DangerFrom));
        Assert.That(_describer.Sentence.Text, Does.Match(@"\b(man|woman|person|people|boy|girl|child|lady)\b"));
    }

    [Test]
    public void A_warm_picture_allocates_nothing([Values(1, 3)] int width)
    {
        using var picture = TestPictures.ColorPattern(1, 320, 240);
        _frame.Set(picture);
        _describer.BeamWidth = width;
        Assert.That(Allocations.Of(() => _describer.Describe(_frame)), Is.Zero);
        _frame.Clear();
    }

    private static SituationDescriber Load(string model) =>
        SituationDescriber.Load(Path.Combine(AppContext.BaseDirectory, "product_models", model + ".yaml"));

    private void Look(Mat picture)
    {
        _frame.Set(picture);
        _describer.Look(_frame);
        _frame.Clear();
    }
}

using System.Globalization;
using System.Security.Cryptography;
using FaceAttributes.Classification;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Tests.Classification;

[TestFixture]
public sealed class AttributeClassifierTests
{
    private const int Pictures = 5;

    [Test]
    public void A_grey_network_says_what_pytorch_says()
    {
        using var classifier = AttributeClassifier.Load(TestFiles.GrayProbabilities);
        var expected = Expected("gray_probabilities.expected.csv");
        for (var i = 0; i < Pictures; i++)
        {
            using var picture = TestPictures.GrayPattern(i, 48, 48);
            Assert.That(Classify(classifier, picture, new Box(0, 0, 48, 48)), Is.EqualTo(expected[i]).Within(1e-5));
        }
    }

    [Test]
    public void A_colour_network_with_logits_says_what_pytorch_says_after_softmax_with_temperature()
    {
        using var classifier = AttributeClassifier.Load(TestFiles.RgbLogits);
        var expected = Expected("rgb_logits.expected.csv");
        for (var i = 0; i < Pictures; i++)
        {
            using var picture = TestPictures.ColorPattern(i, 32, 32);
            Assert.That(Classify(classifier, picture, new Box(0, 0, 32, 32)), Is.EqualTo(expected[i]).Within(1e-5));
        }
    }

    [Test]
    public void Each_head_of_a_network_says_what_pytorch_says()
    {
        using var classifier = AttributeClassifier.Load(TestFiles.TwoHeads);
        var distributions = classifier.CreateDistributions();
        Assert.That(distributions.Select(distribution => distribution.Attribute), Is.EqualTo(new[] { "gender", "age" }));
        var age = distributions[1];
        var expected = Expected("two_heads.expected.csv");
        for (var i = 0; i < Pictures; i++)
        {
            using var picture = TestPictures.ColorPattern(i, 32, 32);
            var answers = Classify(classifier, picture, new Box(0, 0, 32, 32));
            age.Set(classifier.Probabilities(1));
            Assert.That(answers, Is.EqualTo(expected[i][..7]).Within(1e-5));
            Assert.That(new[] { age.Mean, age.StandardDeviation }, Is.EqualTo(expected[i][7..]).Within(1e-3), "years");
            Assert.That(age.IsKnown, Is.EqualTo(expected[i][8] <= 17));
        }
    }

    [Test]
    public void Many_faces_at_once_get_what_each_gets_alone([Values(1, 2, 3, 4, 5, 9, 30)] int faces)
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        var boxes = Enumerable.Range(0, faces).Select(i => new Box(13 * i, 9 * i, 60 + 7 * i, 70 + 5 * i)).ToArray();
        foreach (var manifest in new[] { TestFiles.GrayProbabilities, TestFiles.RgbLogits, TestFiles.TwoHeads })
        {
            using var classifier = AttributeClassifier.Load(manifest);
            for (var head = 0; head < classifier.Manifest.Heads.Count; head++)
            {
                var together = Classify(classifier, picture, head, boxes);
                var alone = boxes.SelectMany(box => Classify(classifier, picture, head, box)).ToArray();
                Assert.That(together, Is.EqualTo(alone).Within(1e-5));
                Assert.That(together.Sum(), Is.EqualTo(faces).Within(1e-4), "probabilities of a face add up to 1");
            }
        }
    }

    [TestCase("one_at_a_time")]
    [TestCase("weights_beside")]
    public void A_network_as_other_exporters_write_it_says_the_same(string model)
    {
        using var usual = AttributeClassifier.Load(TestFiles.RgbLogits);
        using var other = AttributeClassifier.Load(TestFiles.Model($"{model}.yaml"));
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        Box[] boxes = [new(0, 0, 200, 200), new(150, 40, 150, 150), new(300, 300, 90, 90), new(10, 200, 80, 80), new(400, 10, 60, 60)];
        for (var faces = 1; faces <= boxes.Length; faces++)
            Assert.That(Classify(other, picture, boxes[..faces]), Is.EqualTo(Classify(usual, picture, boxes[..faces])).Within(1e-5));
    }

    [Test]
    public void Weights_that_are_missing_beside_their_network_are_named()
    {
        WithCopy("weights_beside", File.ReadAllBytes(TestFiles.Model("weights_beside.onnx")), "name", "name", path =>
            Assert.That(
                () => AttributeClassifier.Load(path),
                Throws.TypeOf<ModelException>().With.Message.Contains("weights_beside.data").And.Message.EndsWith("put the file of its weights beside it.")));
    }

    [Test]
    public void The_faces_of_the_last_picture_do_not_show_in_the_next()
    {
        using var classifier = AttributeClassifier.Load(TestFiles.GrayProbabilities);
        using var picture = TestPictures.GrayPattern(2, 120, 90);
        var first = Classify(classifier, picture, new Box(10, 10, 40, 40));
        _ = Classify(classifier, picture, new Box(0, 0, 90, 90), new Box(50, 20, 30, 30), new Box(5, 5, 5, 5));
        Assert.That(Classify(classifier, picture, new Box(10, 10, 40, 40)), Is.EqualTo(first));
    }

    [Test]
    public void No_face_no_answer()
    {
        using var classifier = AttributeClassifier.Load(TestFiles.TwoHeads);
        using var picture = TestPictures.GrayPattern(0, 8, 8);
        Assert.That(classifier.Probabilities(1).ToArray(), Is.Empty, "before the first");
        Assert.That(Classify(classifier, picture, new Box(0, 0, 8, 8)), Has.Length.EqualTo(7));
        Assert.That(Classify(classifier, picture), Is.Empty);
    }

    [Test]
    public void A_warm_call_allocates_nothing([Values(1, 4, 7)] int faces, [Values("rgb_logits", "two_heads")] string model)
    {
        using var classifier = AttributeClassifier.Load(TestFiles.Model($"{model}.yaml"));
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var frame = new ImageFrame();
        frame.Set(picture);
        var boxes = Enumerable.Range(0, faces).Select(i => new Box(40 * i, 30 * i, 90, 100)).ToArray();
        Assert.That(Allocations.Of(() => classifier.Classify(frame, boxes)), Is.Zero);
    }

    [TestCase("name: face", "name: picture", "has no input 'picture' but face; correct the name, or export the model again.")]
    [TestCase("name: logits", "name: scores", "has no output 'scores' but logits; correct the name, or export the model again.")]
    [TestCase("height: 32", "height: 48", "has input 'face' of Single [N, 3, 32, 32], its manifest needs Single [N, 3, 48, 32];")]
    [TestCase("channels: rgb", "channels: gray", "has input 'face' of Single [N, 3, 32, 32], its manifest needs Single [N, 1, 32, 32];")]
    [TestCase("labels: [female, male]", "labels: [a, b, c]", "has output 'logits' of Single [N, 2], its manifest needs Single [N, 3];")]
    public void A_network_that_does_not_fit_its_manifest_is_refused(string right, string wrong, string message)
    {
        WithCopy("rgb_logits", File.ReadAllBytes(TestFiles.Model("rgb_logits.onnx")), right, wrong, path =>
            Assert.That(
                () => AttributeClassifier.Load(path),
                Throws.TypeOf<ModelException>().With.Message.StartsWith("Model ").And.Message.Contains(message)));
    }

    [TestCase("name: age, kind", "name: years, kind", "has no output 'years' but gender, age; correct the name, or export the model again.")]
    [TestCase("labels: [female, male]", "labels: [a, b, c]", "has output 'gender' of Single [N, 2], its manifest needs Single [N, 3];")]
    public void A_second_head_that_does_not_fit_is_refused_too(string right, string wrong, string message)
    {
        WithCopy("two_heads", File.ReadAllBytes(TestFiles.Model("two_heads.onnx")), right, wrong, path =>
            Assert.That(
                () => AttributeClassifier.Load(path),
                Throws.TypeOf<ModelException>().With.Message.StartsWith("Model ").And.Message.Contains(message)));
    }

    [Test]
    public void A_file_that_is_no_network_is_refused()
    {
        WithCopy("rgb_logits", "no network"u8.ToArray(), "name", "name", path =>
            Assert.That(
                () => AttributeClassifier.Load(path),
                Throws.TypeOf<ModelException>().With.Message.Contains("does not run (").And.Message.EndsWith("export it again, or put the file of its weights beside it.")));
    }

    /// <summary>What all heads say, one after the other.</summary>
    private static float[] Classify(AttributeClassifier classifier, Mat picture, params Box[] boxes) =>
        [.. Enumerable.Range(0, classifier.Manifest.Heads.Count).SelectMany(head => Classify(classifier, picture, head, boxes))];

    private static float[] Classify(AttributeClassifier classifier, Mat picture, int head, params Box[] boxes)
    {
        using var frame = new ImageFrame();
        frame.Set(picture);
        classifier.Classify(frame, boxes);
        return classifier.Probabilities(head).ToArray();
    }

    private static float[][] Expected(string file) =>
        [.. File.ReadLines(TestFiles.Model(file)).Select(line =>
            line.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray())];

    /// <summary>A copy of a manifest, changed, beside a model.</summary>
    private static void WithCopy(string name, byte[] model, string right, string wrong, Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("classifier").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, $"{name}.onnx"), model);
            var lines = File.ReadLines(TestFiles.Model($"{name}.yaml")).Select(line =>
                line.StartsWith("sha256", StringComparison.Ordinal)
                    ? $"sha256: {Convert.ToHexStringLower(SHA256.HashData(model))}"
                    : line.Replace(right, wrong, StringComparison.Ordinal));
            var path = Path.Combine(folder, $"{name}.yaml");
            File.WriteAllLines(path, lines);
            test(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

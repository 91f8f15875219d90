using System.Globalization;
using System.Security.Cryptography;
using FaceAttributes.Classification;
using FaceAttributes.Imaging;
using OpenCvSharp;

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
            Assert.That(Classify(classifier, picture, new Rect(0, 0, 48, 48)), Is.EqualTo(expected[i]).Within(1e-5));
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
            Assert.That(Classify(classifier, picture, new Rect(0, 0, 32, 32)), Is.EqualTo(expected[i]).Within(1e-5));
        }
    }

    [Test]
    public void Many_faces_at_once_get_what_each_gets_alone([Values(1, 2, 3, 4, 5, 9, 30)] int faces)
    {
        using var picture = Cv2.ImRead(TestFiles.Astronaut);
        var boxes = Enumerable.Range(0, faces).Select(i => new Rect(13 * i, 9 * i, 60 + 7 * i, 70 + 5 * i)).ToArray();
        foreach (var manifest in new[] { TestFiles.GrayProbabilities, TestFiles.RgbLogits })
        {
            using var classifier = AttributeClassifier.Load(manifest);
            var together = Classify(classifier, picture, boxes);
            var alone = boxes.SelectMany(box => Classify(classifier, picture, box)).ToArray();
            Assert.That(together, Is.EqualTo(alone).Within(1e-5));
            Assert.That(together.Sum(), Is.EqualTo(faces).Within(1e-4), "probabilities of a face add up to 1");
        }
    }

    [Test]
    public void The_faces_of_the_last_picture_do_not_show_in_the_next()
    {
        using var classifier = AttributeClassifier.Load(TestFiles.GrayProbabilities);
        using var picture = TestPictures.GrayPattern(2, 120, 90);
        var first = Classify(classifier, picture, new Rect(10, 10, 40, 40));
        _ = Classify(classifier, picture, new Rect(0, 0, 90, 90), new Rect(50, 20, 30, 30), new Rect(5, 5, 5, 5));
        Assert.That(Classify(classifier, picture, new Rect(10, 10, 40, 40)), Is.EqualTo(first));
    }

    [Test]
    public void No_face_no_answer()
    {
        using var classifier = AttributeClassifier.Load(TestFiles.GrayProbabilities);
        using var picture = TestPictures.GrayPattern(0, 8, 8);
        Assert.That(Classify(classifier, picture), Is.Empty);
    }

    [Test]
    public void A_warm_call_allocates_nothing([Values(1, 4, 7)] int faces)
    {
        using var classifier = AttributeClassifier.Load(TestFiles.RgbLogits);
        using var picture = Cv2.ImRead(TestFiles.Astronaut);
        using var frame = new ImageFrame();
        frame.Set(picture);
        var boxes = Enumerable.Range(0, faces).Select(i => new Rect(40 * i, 30 * i, 90, 100)).ToArray();
        Assert.That(Allocations.Of(() => _ = classifier.Classify(frame, boxes)), Is.Zero);
    }

    [TestCase("name: face", "name: picture", "has no input 'picture' but face; correct input.name in its manifest.")]
    [TestCase("name: logits", "name: scores", "has no output 'scores' but logits; correct output.name in its manifest.")]
    [TestCase("height: 32", "height: 48", "has input 'face' of Single [N, 3, 32, 32], its manifest needs Single [N, 3, 48, 32];")]
    [TestCase("channels: rgb", "channels: gray", "has input 'face' of Single [N, 3, 32, 32], its manifest needs Single [N, 1, 32, 32];")]
    [TestCase("labels: [female, male]", "labels: [a, b, c]", "has output 'logits' of Single [N, 2], its manifest needs Single [N, 3];")]
    public void A_network_that_does_not_fit_its_manifest_is_refused(string right, string wrong, string message)
    {
        WithCopy(File.ReadAllBytes(TestFiles.Model("rgb_logits.onnx")), right, wrong, path =>
            Assert.That(
                () => AttributeClassifier.Load(path),
                Throws.TypeOf<ModelException>().With.Message.StartsWith("Model ").And.Message.Contains(message)));
    }

    [Test]
    public void A_file_that_is_no_network_is_refused()
    {
        WithCopy("no network"u8.ToArray(), "name", "name", path =>
            Assert.That(
                () => AttributeClassifier.Load(path),
                Throws.TypeOf<ModelException>().With.Message.Contains("does not run (").And.Message.EndsWith("export it again.")));
    }

    private static float[] Classify(AttributeClassifier classifier, Mat picture, params Rect[] boxes)
    {
        using var frame = new ImageFrame();
        frame.Set(picture);
        return classifier.Classify(frame, boxes).ToArray();
    }

    private static float[][] Expected(string file) =>
        [.. File.ReadLines(TestFiles.Model(file)).Select(line =>
            line.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray())];

    /// <summary>A copy of the colour network's manifest, changed, beside a model.</summary>
    private static void WithCopy(byte[] model, string right, string wrong, Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("classifier").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "rgb_logits.onnx"), model);
            var lines = File.ReadLines(TestFiles.RgbLogits).Select(line =>
                line.StartsWith("sha256", StringComparison.Ordinal)
                    ? $"sha256: {Convert.ToHexStringLower(SHA256.HashData(model))}"
                    : line.Replace(right, wrong, StringComparison.Ordinal));
            var path = Path.Combine(folder, "rgb_logits.yaml");
            File.WriteAllLines(path, lines);
            test(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

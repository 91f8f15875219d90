using FaceAttributes.Detection.Onnx;
using Vision.Geometry;
using Vision.Inference;

namespace FaceAttributes.Tests.Detection.Onnx;

[TestFixture]
public sealed class DetectorManifestTests
{
    private const string Valid =
        """
        name: eyes
        kind: detector
        model: eyes.onnx
        sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        input: {name: picture, height: 240, width: 320, channels: rgb, range: [-1.0, 1.0], layout: pixels}
        decoding: ultraface
        score_threshold: 0.65
        nms_threshold: 0.4
        framing: {scale: 1.1, right: 0.01, down: -0.02}
        origin: a package
        """;

    private string _path = string.Empty;

    [SetUp]
    public void CreateFolder() => _path = Path.Combine(Directory.CreateTempSubdirectory("manifest").FullName, "eyes.yaml");

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Test]
    public void Every_key_is_read()
    {
        var manifest = Read(Valid);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifest.Name, Is.EqualTo("eyes"));
            Assert.That(manifest.Input, Is.EqualTo(new ModelInput("picture", 240, 320, ChannelOrder.Rgb, -1, 1, TensorLayout.Pixels)));
            Assert.That(manifest.Decoding.Name, Is.EqualTo("ultraface"));
            Assert.That(manifest.ScoreThreshold, Is.EqualTo(0.65));
            Assert.That(manifest.NmsThreshold, Is.EqualTo(0.4));
            Assert.That(manifest.Framing, Is.EqualTo(new Framing(1.1f, 0.01f, -0.02f)));
        }
    }

    [TestCase("decoding: ultraface", "decoding: yolo", "eyes.yaml:6: 'decoding' is 'yolo'; it must be one of ultraface, blazeface, yunet.")]
    [TestCase("score_threshold: 0.65", "score_threshold: 1", "eyes.yaml:7: 'score_threshold' is 1, which no face reaches; it must be below 1.")]
    [TestCase("score_threshold: 0.65", "score_threshold: 2", "eyes.yaml:7: 'score_threshold' must be a number above 0 to 1.")]
    [TestCase("nms_threshold: 0.4", "", "key 'nms_threshold' is missing in manifest; add it.")]
    [TestCase("layout: pixels", "layout: nchw", "'layout' is 'nchw'; it must be one of planes, pixels.")]
    [TestCase("channels: rgb", "channels: gray", "eyes.yaml:5: 'channels' is 'gray'; a detector's network sees colours: it must be rgb or bgr.")]
    [TestCase("scale: 1.1", "scale: 0", "'scale' must be a number above 0 to 10.")]
    [TestCase("down: -0.02", "up: 0.02", "key 'up' is unknown in framing; known are scale, right, down.")]
    [TestCase("kind: detector", "kind: attributes", "but here a model of the kind 'detector' is needed.")]
    public void What_is_wrong_is_said_in_one_sentence(string valid, string wrong, string sentence) => Assert.That(
        () => Read(Valid.Replace(valid, wrong, StringComparison.Ordinal)),
        Throws.TypeOf<ModelException>().With.Message.Contains(sentence).And.Message.Not.Contains("\n"));

    [Test]
    public void A_framing_makes_a_square_round_a_shifted_centre() => Assert.That(
        new Framing(1.5f, 0.1f, -0.2f).Apply(new Box(10, 20, 30, 50)), Is.EqualTo(Box.Square(29, 37, 60)));

    private DetectorManifest Read(string yaml)
    {
        File.WriteAllText(_path, yaml);
        return DetectorManifest.Load(_path);
    }
}

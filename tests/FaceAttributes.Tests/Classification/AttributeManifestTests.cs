using FaceAttributes.Classification;
using Vision.Inference;

namespace FaceAttributes.Tests.Classification;

[TestFixture]
public sealed class AttributeManifestTests
{
    private const string Valid =
        """
        name: emotion
        kind: attributes
        model: emotion.onnx
        sha256: 0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef
        input: {name: face, height: 48, width: 40, channels: gray, range: [-1.0, 1.0], margin: 0.1}
        heads:
        - attribute: emotion
          output: {name: scores, kind: logits}
          labels: [angry, happy, sad]
          temperature: 1.5
          unknown_below: 0.4
        - attribute: age
          output: {name: years, kind: probabilities}
          labels: [young, '20', '40']
          values: [0, 20.5, 40]
          unknown_above: 12.5
        description: for people
        licence: Apache-2.0
        parameters: 57000
        metrics: {fer2013: {accuracy: 0.66}}
        """;

    private string _path = string.Empty;

    [SetUp]
    public void CreateFolder()
    {
        _path = Path.Combine(Directory.CreateTempSubdirectory("manifest").FullName, "emotion.yaml");
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Test]
    public void Every_key_is_read()
    {
        var manifest = Read(Valid);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifest.Name, Is.EqualTo("emotion"));
            Assert.That(manifest.Model.Path, Is.EqualTo(Path.ChangeExtension(_path, ".onnx")));
            Assert.That(manifest.Model.Sha256, Is.EqualTo("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
            Assert.That(manifest.Input, Is.EqualTo(new ModelInput("face", 48, 40, ChannelOrder.Gray, -1, 1)));
            Assert.That(manifest.Margin, Is.EqualTo(0.1f));
            Assert.That(manifest.Heads, Has.Count.EqualTo(2));
        }

        var (emotion, age) = (manifest.Heads[0], manifest.Heads[1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(emotion.Attribute, Is.EqualTo("emotion"));
            Assert.That((emotion.OutputName, emotion.IsLogits), Is.EqualTo(("scores", true)));
            Assert.That(emotion.Labels, Is.EqualTo(new[] { "angry", "happy", "sad" }));
            Assert.That(emotion.Values, Is.Null);
            Assert.That((emotion.Temperature, emotion.UnknownBelow), Is.EqualTo((1.5f, 0.4f)));
            Assert.That(age.Attribute, Is.EqualTo("age"));
            Assert.That((age.OutputName, age.IsLogits), Is.EqualTo(("years", false)));
            Assert.That(age.Labels, Is.EqualTo(new[] { "young", "20", "40" }));
            Assert.That(age.Values, Is.EqualTo(new[] { 0, 20.5f, 40 }));
            Assert.That(age.UnknownAbove, Is.EqualTo(12.5f));
        }
    }

    [Test]
    public void The_graph_that_explains_is_read_where_there_is_one()
    {
        const string Sha256 = "abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789";
        var explained = Read($"{Valid}\nexplanation: {{model: emotion_explained.onnx, sha256: {Sha256}}}").Explanation;
        var expected = new ModelFile(Path.Combine(Path.GetDirectoryName(_path)!, "emotion_explained.onnx"), Sha256);
        Assert.That((Read(Valid).Explanation, explained), Is.EqualTo(((ModelFile?)null, expected)));
    }

    [Test]
    public void Temperature_thresholds_values_and_what_is_for_people_may_be_left_out()
    {
        var head = Read(string.Join('\n', Valid.Split('\n').Take(9))).Heads.Single();
        Assert.That((head.Temperature, head.UnknownBelow, head.UnknownAbove, head.Values),
            Is.EqualTo((1f, 0f, float.PositiveInfinity, default(IReadOnlyList<float>))));
    }

    [TestCase("  unknown_below", "  unknown_bellow", ":11: key 'unknown_bellow' is unknown in head; known are attribute, output, labels, values, temperature, unknown_below, unknown_above.")]
    [TestCase("description", "attribute: age\ndescription", ":17: key 'attribute' is unknown in manifest; known are name, kind, model, sha256, input, heads, ")]
    [TestCase("margin: 0.1", "margins: 0.1", ":5: key 'margins' is unknown in input; known are name, height, width, channels, range, margin.")]
    [TestCase("kind: logits", "kind: logits, axis: 1", ":8: key 'axis' is unknown in output; known are name, kind.")]
    [TestCase("  labels: [angry, happy, sad]\n", "", ":7: key 'labels' is missing in head; add it.")]
    [TestCase(", margin: 0.1", "", ":5: key 'margin' is missing in input; add it.")]
    [TestCase("heads:", "heads: []\nexplanation:", ":6: 'heads' must hold at least one head.")]
    [TestCase("heads:", "heads: {}\nexplanation:", ":6: 'heads' must be a list whose items hold keys and values.")]
    [TestCase("heads:", "heads: [emotion]\nexplanation:", ":6: 'heads' must be a list whose items hold keys and values.")]
    [TestCase("attribute: age", "attribute: emotion", ":12: 'attribute' is 'emotion' as in a head before; each must estimate another.")]
    [TestCase("name: years", "name: scores", ":13: 'output' is 'scores' as in a head before; each must have its own.")]
    [TestCase("[angry, happy, sad]", "[angry]", ":9: 'labels' must hold at least two labels.")]
    [TestCase("[angry, happy, sad]", "[angry, sad, angry]", ":9: 'labels' must not name a label twice.")]
    [TestCase("[angry, happy, sad]", "[angry, unknown]", ":9: 'labels' must not contain 'unknown', which stands for a doubtful face.")]
    [TestCase("[angry, happy, sad]", "angry", ":9: 'labels' must be a list of texts.")]
    [TestCase("[0, 20.5, 40]", "[0, 20.5]", ":15: 'values' must be a list of 3 numbers.")]
    [TestCase("[0, 20.5, 40]", "[0, old, 40]", ":15: 'values' must be a list of 3 numbers.")]
    [TestCase("[0, 20.5, 40]", "[0, 20, 20]", ":15: 'values' must rise, from one to the next, between -1000000 and 1000000.")]
    [TestCase("[0, 20.5, 40]", "[0, 20, 1.0e+300]", ":15: 'values' must rise, from one to the next, between -1000000 and 1000000.")]
    [TestCase("unknown_above: 12.5", "unknown_above: 0", ":16: 'unknown_above' must be a number above 0 to 1000000.")]
    [TestCase("unknown_above: 12.5", "unknown_below: 0.4", ":16: 'unknown_below' is for labels without values; a head with values has unknown_above.")]
    [TestCase("unknown_below: 0.4", "unknown_above: 4", ":11: 'unknown_above' is for labels with values; a head without values has unknown_below.")]
    [TestCase("height: 48", "height: 0", ":5: 'height' must be a whole number from 1 to 1024.")]
    [TestCase("height: 48", "height: 48.5", ":5: 'height' must be a whole number from 1 to 1024.")]
    [TestCase("width: 40", "width: wide", ":5: 'width' must be a whole number from 1 to 1024.")]
    [TestCase("margin: 0.1", "margin: -0.5", ":5: 'margin' must be a number above -0.5 to 2.")]
    [TestCase("margin: 0.1", "margin: .nan", ":5: 'margin' must be a number above -0.5 to 2.")]
    [TestCase("[-1.0, 1.0]", "[1.0, -1.0]", ":5: 'range' must rise, from the value of black to that of white.")]
    [TestCase("[-1.0, 1.0]", "[0]", ":5: 'range' must be a list of 2 numbers.")]
    [TestCase("channels: gray", "channels: grey", ":5: 'channels' is 'grey'; it must be one of gray, rgb, bgr.")]
    [TestCase("kind: logits", "kind: scores", ":8: 'kind' is 'scores'; it must be one of probabilities, logits.")]
    [TestCase("temperature: 1.5", "temperature: 0", ":10: 'temperature' must be a number above 0 to 100.")]
    [TestCase("unknown_below: 0.4", "unknown_below: 40", ":11: 'unknown_below' must be a number from 0 to 1.")]
    [TestCase("model: emotion.onnx", "model: ../emotion.onnx", ":3: 'model' must be the name of a file beside the manifest, without a folder.")]
    [TestCase("sha256: 0123", "sha256: 123", ":4: 'sha256' must be 64 hex digits, as sha256sum prints them.")]
    [TestCase("kind: attributes", "kind: face_detector", ":2: 'kind' is 'face_detector', but here a model of the kind 'attributes' is needed.")]
    [TestCase("kind: attributes\n", "", "key 'kind' is missing in manifest; add it.")]
    [TestCase("name: emotion\n", "name:\n", ":1: 'name' must be a text.")]
    [TestCase("attribute: emotion\n", "attribute:\n", ":7: 'attribute' must be a text.")]
    [TestCase("input: {", "input: none #", ":5: 'input' must hold keys and values.")]
    [TestCase("name: emotion\n", "name: emotion\nname: emotion\n", ": not valid YAML (")]
    [TestCase("labels: [", "labels: [[", " is not valid YAML (")]
    [TestCase("output: {", "output: }", ": not valid YAML (")]
    public void A_mistake_is_named_with_file_line_and_key(string right, string wrong, string message)
    {
        Assert.That(
            () => Read(Valid.Replace(right, wrong, StringComparison.Ordinal)),
            Throws.TypeOf<ModelException>().With.Message.StartsWith(_path).And.Message.Contains(message));
    }

    [TestCase("")]
    [TestCase("just a text")]
    [TestCase("- a\n- list")]
    public void A_file_of_something_else_is_no_manifest(string text) =>
        Assert.That(
            () => Read(text),
            Throws.TypeOf<ModelException>().With.Message.EndsWith("is no manifest; it must be one YAML document of keys and values."));

    [Test]
    public void A_garbled_manifest_is_read_or_refused_and_nothing_else()
    {
        const string noise = "abc01-:.,[]{}#&*!|>'\"% \n\t";
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 500; i++)
        {
            var text = Valid.ToCharArray();
            for (var change = 0; change < 3; change++)
                text[random.Next(text.Length)] = noise[random.Next(noise.Length)];
            try
            {
                Read(new string(text));
            }
            catch (ModelException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.InRange(1, 499));
    }

    [Test]
    public void A_missing_manifest_is_named() =>
        Assert.That(
            () => AttributeManifest.Load("/nowhere/emotion.yaml"),
            Throws.TypeOf<ModelException>().With.Message.EqualTo(
                "Manifest /nowhere/emotion.yaml cannot be read; name an existing manifest."));

    [Test]
    public void A_missing_network_is_named()
    {
        File.WriteAllText(_path, Valid);
        Assert.That(
            () => AttributeClassifier.Load(_path),
            Throws.TypeOf<ModelException>().With.Message.EqualTo(
                $"Model {Path.ChangeExtension(_path, ".onnx")} cannot be read; put it beside its manifest."));
    }

    [Test]
    public void Another_network_than_the_manifests_is_refused()
    {
        File.WriteAllText(_path, Valid);
        File.WriteAllText(Path.ChangeExtension(_path, ".onnx"), "another file");
        Assert.That(
            () => AttributeClassifier.Load(_path),
            Throws.TypeOf<ModelException>().With.Message.Contains(" has sha256 ")
                .And.Message.Contains("its manifest says 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef;"));
    }

    private AttributeManifest Read(string yaml)
    {
        File.WriteAllText(_path, yaml);
        return AttributeManifest.Load(_path);
    }
}

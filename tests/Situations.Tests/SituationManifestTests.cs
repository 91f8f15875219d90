using Vision.Inference;

namespace Situations.Tests;

[TestFixture]
public sealed class SituationManifestTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("situations").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("kind: situation", "kind: attributes", "is 'attributes', but here a model of the kind 'situation' is needed")]
    [TestCase("start: <end>", "start: <go>", "'start' is '<go>', which the vocabulary lacks")]
    [TestCase("[none, fire, fight]", "[fire, none, fight]", "must be 'none' and at least one danger")]
    [TestCase("[none, fire, fight]", "[none, fire, unknown]", "nor 'unknown'")]
    [TestCase("dog, runs", "dog, dog", "must not name a word twice")]
    [TestCase("danger_from: 0.8", "danger_from: 0.3", "'danger_from' must be a number from 0.4")]
    [TestCase("channels: bgr", "channels: gray", "must be rgb or bgr")]
    [TestCase("hidden: 4", "hidden: 5", "its manifest needs")]
    [TestCase("temperature: 2", "temperatur: 2", "key 'temperatur' is unknown")]
    public void What_is_wrong_is_said_in_a_sentence(string from, string to, string sentence)
    {
        var path = SmallModel.Changed(_folder, from, to);
        Assert.That(() => SituationDescriber.Load(path), Throws.InstanceOf<ModelException>().With.Message.Contains(sentence));
    }

    [TestCase("small.onnx")]
    [TestCase("small_decoder.onnx")]
    public void A_network_that_is_missing_is_named(string file)
    {
        var path = SmallModel.Changed(_folder, "name: small", "name: small");
        File.Delete(Path.Combine(_folder, file));
        Assert.That(() => SituationDescriber.Load(path), Throws.InstanceOf<ModelException>().With.Message.Contains($"{file} cannot be read"));
    }

    [Test]
    public void A_network_that_another_manifest_names_is_refused()
    {
        var path = SmallModel.Changed(_folder, "name: small", "name: small");
        File.AppendAllText(Path.Combine(_folder, "small_decoder.onnx"), " ");
        Assert.That(() => SituationDescriber.Load(path), Throws.InstanceOf<ModelException>().With.Message.Contains("its manifest says"));
    }
}

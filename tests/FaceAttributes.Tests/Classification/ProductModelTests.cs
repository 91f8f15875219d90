using System.Text.Json;
using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Detection.Haar;
using FaceAttributes.Tracking;
using Vision.Imaging;

namespace FaceAttributes.Tests.Classification;

/// <summary>The networks that the program comes with.</summary>
[TestFixture]
public sealed class ProductModelTests
{
    [TestCaseSource(typeof(TestFiles), nameof(TestFiles.RecordedProducts))]
    public void A_network_says_what_pytorch_said_when_it_was_exported(string manifest)
    {
        using var recorded = JsonDocument.Parse(File.ReadAllText(TestFiles.Recorded(manifest)));
        using var classifier = AttributeClassifier.Load(manifest);
        Assert.That(
            recorded.RootElement.GetProperty("sha256").GetString(), Is.EqualTo(classifier.Manifest.Model.Sha256),
            "recorded for another network; export it again with --recorded (models/training/README.md)");

        var faces = recorded.RootElement.GetProperty("heads")[0].GetProperty("logits").GetArrayLength();
        var input = classifier.Manifest.Input;
        for (var k = 0; k < faces; k++)
            PatternFaces.Write(input, k, classifier.Inputs(faces).Slice(k * input.Length, input.Length));

        classifier.Run(faces);
        var heads = recorded.RootElement.GetProperty("heads").EnumerateArray().ToArray();
        Assert.That(
            heads.Select(head => head.GetProperty("attribute").GetString()),
            Is.EqualTo(classifier.Manifest.Heads.Select(head => head.Attribute)));
        for (var i = 0; i < heads.Length; i++)
        {
            var expected = heads[i].GetProperty("probabilities").EnumerateArray()
                .SelectMany(face => face.EnumerateArray().Select(value => value.GetSingle()));
            Assert.That(
                classifier.Probabilities(i).ToArray(), Is.EqualTo(expected).Within(1e-4), classifier.Manifest.Heads[i].Attribute);
        }
    }

    [TestCaseSource(nameof(EmotionModels))]
    public void Eileen_collins_smiles(string manifest) =>
        Assert.That(Look(manifest, Photographs.Astronaut).Find("emotion")!.Smoothed.Label, Is.EqualTo("happy"));

    [TestCaseSource(nameof(EmotionModels))]
    public void Grace_hopper_neither_smiles_nor_is_surprised(string manifest) => Assert.That(
        Look(manifest, Photographs.GraceHopper).Find("emotion")!.Smoothed.Label, Is.Not.EqualTo("happy").And.Not.EqualTo("surprise"));

    [TestCaseSource(nameof(AgeModels))]
    public void A_grown_up_looks_like_one(string manifest)
    {
        // NASA's portrait of Eileen Collins was taken when she was 41 or 42.
        var age = Look(manifest, Photographs.Astronaut).Find("age")!.Smoothed;
        Assert.That(age.Mean, Is.InRange(22, 60));
        Assert.That(age.StandardDeviation, Is.InRange(1, 25));
    }

    private static IEnumerable<string> EmotionModels() => ModelsFor("emotion");

    private static IEnumerable<string> AgeModels() => ModelsFor("age");

    private static IEnumerable<string> ModelsFor(string attribute) => TestFiles.Products().Where(
        manifest => AttributeManifest.Load(manifest).Heads.Any(head => head.Attribute == attribute));

    private static Track Look(string manifest, string photograph)
    {
        using var pipeline = new FacePipeline(
            new HaarCascadeDetector(), [AttributeClassifier.Load(manifest)]);
        using var frame = new ImageFrame();
        frame.Load(photograph);
        return pipeline.Process(frame, stamp: 0).Single();
    }
}

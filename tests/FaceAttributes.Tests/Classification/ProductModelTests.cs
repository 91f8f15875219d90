using System.Text.Json;
using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Imaging;
using FaceAttributes.Tracking;

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
            "recorded for another network; run models/training/evaluate.py");

        var faces = recorded.RootElement.GetProperty("target").GetArrayLength();
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

    [Test]
    public void Eileen_collins_smiles()
    {
        var face = Look(TestFiles.Astronaut);
        Assert.That(face.Find("emotion")!.Label, Is.EqualTo("happy"));
    }

    [Test]
    public void Grace_hopper_neither_smiles_nor_is_surprised()
    {
        var face = Look(TestFiles.GraceHopper);
        Assert.That(face.Find("emotion")!.Label, Is.Not.EqualTo("happy").And.Not.EqualTo("surprise"));
    }

    private static Face Look(string photograph)
    {
        using var pipeline = new FacePipeline(
            new HaarCascadeDetector(), [.. TestFiles.Products().Select(AttributeClassifier.Load)], new FaceTracker());
        using var frame = new ImageFrame();
        frame.Load(photograph);
        return pipeline.Process(frame).Single();
    }
}

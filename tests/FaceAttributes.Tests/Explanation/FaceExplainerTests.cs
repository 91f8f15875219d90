using System.Text.Json;
using FaceAttributes.Classification;
using FaceAttributes.Explanation;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Tests.Explanation;

[TestFixture]
public sealed class FaceExplainerTests
{
    /// <summary>Recorded at every sixth pixel of the first channel by PyTorch's autograd, which shares no code with the graph.</summary>
    [Test]
    public void Gradients_are_those_of_autograd(
        [ValueSource(typeof(TestFiles), nameof(TestFiles.RecordedProducts))] string path,
        [Values(ExplanationKind.GuidedGradient, ExplanationKind.Gradient)] ExplanationKind kind)
    {
        using var recorded = JsonDocument.Parse(File.ReadAllText(TestFiles.Recorded(path)));
        var manifest = AttributeManifest.Load(path);
        using var explainer = new FaceExplainer(manifest);
        var patterns = Integers("gradient_faces");
        var targets = Integers("target");
        Assert.That(patterns, Has.Length.EqualTo(4));
        var key = kind == ExplanationKind.Gradient ? "gradient" : "guided_gradient";
        var tolerances = recorded.RootElement.GetProperty("tolerances").GetProperty(key).EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var expected = recorded.RootElement.GetProperty(key).EnumerateArray().ToArray();
        for (var i = 0; i < targets.Length; i++)
        {
            var tolerance = tolerances[i];
            PatternFaces.Write(manifest.Input, patterns[i], explainer.Input);
            var explanation = explainer.Explain(targets[i], kind);
            var rows = expected[i].EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetSingle()).ToArray()).ToArray();
            Assert.That(rows.SelectMany(row => row).Max(float.Abs), Is.GreaterThan(10 * tolerance), "what is recorded must not be all but nothing");
            Assert.That(
                Sample(explanation, (manifest.Input.Height + rows.Length - 1) / rows.Length), Is.EqualTo(rows.SelectMany(row => row)).Within(tolerance));
        }

        int[] Integers(string name) => [.. recorded.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];
    }

    [Test]
    public void More_of_what_speaks_for_a_label_makes_it_more_probable()
    {
        var manifest = TestFiles.ProductFor("emotion");
        using var explainer = new FaceExplainer(manifest);
        using var classifier = new AttributeClassifier(manifest);
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        var box = new Box(0, 0, frame.Width, frame.Height);
        classifier.Classify(frame, [box]);
        var before = Happy();

        var gradient = explainer.Explain(frame, box, "emotion", "happy", ExplanationKind.Gradient).Values;
        var face = classifier.Inputs(1);
        for (var i = 0; i < face.Length; i++)
            face[i] += 0.05f * Math.Sign(gradient[i]);

        classifier.Run(1);
        Assert.That(Happy(), Is.GreaterThan(before));

        float Happy()
        {
            var head = manifest.Heads.ToList().FindIndex(head => head.Attribute == "emotion");
            return classifier.Probabilities(head)[manifest.Heads[head].Labels.ToList().IndexOf("happy")];
        }
    }

    /// <summary>The graph of this model answers with the target that it was asked for.</summary>
    [TestCase("gender", "female", 0)]
    [TestCase("gender", "male", 1)]
    [TestCase("age", "0", 2)]
    [TestCase("age", "80", 6)]
    public void The_labels_of_all_heads_can_be_asked_for(string attribute, string label, int target)
    {
        using var explainer = new FaceExplainer(AttributeManifest.Load(TestFiles.TwoHeads));
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        Assert.That(explainer.Explain(frame, new Box(0, 0, 50, 50), attribute, label).Values.ToArray(), Is.All.EqualTo(target));
    }

    [Test]
    public void Class_activation_is_coarse_and_not_negative()
    {
        var manifest = TestFiles.ProductFor("emotion");
        using var explainer = new FaceExplainer(manifest);
        PatternFaces.Write(manifest.Input, 1, explainer.Input);
        var explanation = explainer.Explain(3, ExplanationKind.ClassActivation);
        Assert.That(explanation.Values.Length, Is.EqualTo(explanation.Width * explanation.Height));
        Assert.That(explanation.Width, Is.LessThan(manifest.Input.Width));
        Assert.That(explanation.Values.ToArray(), Is.All.GreaterThanOrEqualTo(0).And.Some.GreaterThan(0));
    }

    [Test]
    public void An_unknown_label_or_attribute_is_named_with_the_known_ones()
    {
        using var explainer = new FaceExplainer(AttributeManifest.Load(TestFiles.TwoHeads));
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        Assert.That(
            () => { _ = explainer.Explain(frame, new Box(0, 0, 50, 50), "gender", "happy"); },
            Throws.ArgumentException.With.Message.StartsWith("'happy' is no label of gender in two_heads: there are female, male."));
        Assert.That(
            () => { _ = explainer.Explain(frame, new Box(0, 0, 50, 50), "emotion", "happy"); },
            Throws.ArgumentException.With.Message.StartsWith("two_heads does not estimate 'emotion', but gender and age."));
    }

    [Test]
    public void A_model_without_a_graph_for_it_says_so()
    {
        var manifest = TestFiles.ProductFor("emotion") with { Explanation = null };
        Assert.That(
            () => new FaceExplainer(manifest),
            Throws.TypeOf<ModelException>().With.Message.Contains($"'{manifest.Name}' has no graph that explains it"));
    }

    [Test]
    public void A_graph_that_explains_nothing_is_refused()
    {
        var manifest = TestFiles.ProductFor("emotion");
        Assert.That(
            () => new FaceExplainer(manifest with { Explanation = manifest.Model }),
            Throws.TypeOf<ModelException>().With.Message.Contains($"{manifest.Model.Path} has no output 'guided_gradient'"));
    }

    private static float[] Sample(FaceExplanation explanation, int step)
    {
        var sampled = new List<float>();
        for (var y = 0; y < explanation.Height; y += step)
        {
            for (var x = 0; x < explanation.Width; x += step)
                sampled.Add(explanation.Values[(y * explanation.Width) + x]);
        }

        return [.. sampled];
    }
}

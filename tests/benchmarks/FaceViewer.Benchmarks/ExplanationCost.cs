using System.Diagnostics;
using FaceAttributes.Classification;
using FaceAttributes.Explanation;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceViewer.Benchmarks;

/// <summary>What one explanation costs beside one classification, on one core.</summary>
internal static class ExplanationCost
{
    private const int Rounds = 300;

    public static int Run()
    {
        Cv2.SetNumThreads(1);
        using var frame = new ImageFrame();
        frame.Load(Path.Combine(AppContext.BaseDirectory, "photographs", "astronaut.png"));
        var box = new Box(169, 65, 111, 111);
        Console.WriteLine("| model | classify ms | guided back-propagation ms | gradient ms | Grad-CAM ms | the whole picture ms | load ms |\n|---|---:|---:|---:|---:|---:|---:|");
        foreach (var name in (string[])["face", "gender", "emotion_accurate", "people_accurate"])
        {
            var manifest = AttributeManifest.Load(Path.Combine(AppContext.BaseDirectory, "models", name + ".yaml"));
            var start = Stopwatch.GetTimestamp();
            using var explainer = new FaceExplainer(manifest);
            var load = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            using var classifier = new AttributeClassifier(manifest);
            using var picture = new Mat();
            var (attribute, label) = (manifest.Heads[0].Attribute, manifest.Heads[0].Labels[0]);
            var answer = new ExplainedAnswer("f1", attribute, label, 1);
            Console.WriteLine(FormattableString.Invariant(
                $"| `{name}` | {Median(() => classifier.Classify(frame, [box])):F2} | {Explain(ExplanationKind.GuidedGradient):F2} | {Explain(ExplanationKind.Gradient):F2} | {Explain(ExplanationKind.ClassActivation):F2} | {Median(() => ExplanationPicture.Draw(explainer, frame, box, answer, hidesFace: false, picture)):F2} | {load:F0} |"));

            double Explain(ExplanationKind kind) => Median(() => { _ = explainer.Explain(frame, box, attribute, label, kind); });
        }

        return 0;
    }

    private static double Median(Action work)
    {
        var times = new double[Rounds];
        for (var i = -20; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            if (i >= 0)
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }
}

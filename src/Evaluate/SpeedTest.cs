using System.Diagnostics;
using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Data;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Evaluation;

/// <summary>How long crop and network take for so many faces of one picture at once.</summary>
/// <param name="Faces">How many.</param>
/// <param name="Milliseconds">Median of all of them.</param>
/// <param name="MillisecondsPerFace">The same for one.</param>
internal sealed record BatchFigures(int Faces, double Milliseconds, double MillisecondsPerFace);

/// <summary>How long a face takes on one core.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Runs">How many runs the medians are of.</param>
/// <param name="Batches">By number of faces.</param>
internal sealed record SpeedFigures(string Processor, int Runs, IReadOnlyList<BatchFigures> Batches);

/// <summary>How long crop and network take, on one core: the node's classifier uses no more.</summary>
internal static class SpeedTest
{
    private const int Runs = 500;
    private const int WarmUp = 50;
    private const string ProcessorInformation = "/proc/cpuinfo";

    // How many faces of a picture go through the network at once
    private static readonly int[] Batches = [1, 5];

    /// <summary>Measures.</summary>
    /// <param name="manifest">The network.</param>
    /// <param name="picture">A picture with a face.</param>
    /// <param name="box">The face in pixels.</param>
    public static SpeedFigures Run(AttributeManifest manifest, FacePicture picture, Rect box)
    {
        using var classifier = new AttributeClassifier(manifest);
        using var pixels = picture.Decode();
        using var frame = new ImageFrame();
        frame.Set(pixels);
        return new SpeedFigures(Processor(), Runs, [.. Batches.Select(faces => Batch(classifier, frame, box, faces))]);
    }

    private static BatchFigures Batch(AttributeClassifier classifier, ImageFrame frame, Rect box, int faces)
    {
        Box[] boxes = [.. Enumerable.Repeat(Box.From(box), faces)];
        var milliseconds = new double[Runs];
        for (var run = -WarmUp; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            classifier.Classify(frame, boxes);
            if (run >= 0)
                milliseconds[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        var median = milliseconds[Runs / 2];
        return new BatchFigures(faces, median, median / faces);
    }

    /// <summary>The processor's name; "unknown" where the system does not tell.</summary>
    public static string Processor()
    {
        IEnumerable<string> lines = File.Exists(ProcessorInformation) ? File.ReadLines(ProcessorInformation) : [];
        var name = lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return name?[(name.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "unknown";
    }
}

using System.Diagnostics;
using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Detection.Haar;
using FaceAttributes.Detection.Onnx;
using FaceAttributes.Drawing;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Benchmarks;

/// <summary>A choice of detector and networks, with the node's defaults for all else.</summary>
internal sealed class Variant : IDisposable
{
    private const double Rate = 30;

    // In the first second that they know a face, networks look at it more often than later.
    private const int WarmUp = 30;

    // As many frames, unless they take too long.
    private const int Frames = 30;
    private const int FewestFrames = 5;
    private const double MostSeconds = 2;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "models");
    private static readonly string[] DefaultModels = ["face"];

    private static readonly Dictionary<string, Func<FacePipeline>> Pipelines = new()
    {
        ["default"] = () => Pipeline(Network("ultraface"), DefaultModels),
        ["every_frame"] = () => Pipeline(Network("ultraface"), DefaultModels, fullSearchSeconds: 0),
        ["haar"] = () => Pipeline(new HaarCascadeDetector(), DefaultModels, fullSearchSeconds: 0.3),
        ["haar_every_frame"] = () => Pipeline(new HaarCascadeDetector(), DefaultModels, fullSearchSeconds: 0),
        ["blazeface"] = () => Pipeline(Network("blazeface"), DefaultModels),
        ["gender_and_face"] = () => Pipeline(Network("ultraface"), ["gender", "face"]),
        ["accurate"] = () => Pipeline(Network("ultraface"), ["emotion_accurate", "people_accurate"]),
    };

    private readonly FacePipeline _pipeline;
    private readonly Annotator _annotator = new();
    private readonly ImageFrame _frame = new();
    private readonly Mat _annotated = new();
    private double _stamp;

    /// <summary>Loads a variant.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public Variant(string name) => _pipeline = Pipelines[name]();

    /// <summary>All variants.</summary>
    public static IReadOnlyCollection<string> Names => Pipelines.Keys;

    /// <summary>Looks at a picture as at a camera's frames, 30 a second.</summary>
    /// <param name="picture">bgr8.</param>
    public Timings Measure(Mat picture)
    {
        _pipeline.Reset();
        for (var i = 0; i < WarmUp; i++)
            Process(picture);

        var frames = new List<Timings>();
        var start = Stopwatch.GetTimestamp();
        while (frames.Count < FewestFrames || (frames.Count < Frames && Stopwatch.GetElapsedTime(start).TotalSeconds < MostSeconds))
            frames.Add(Process(picture));
        return new Timings(
            frames[^1].Faces, frames.Average(frame => frame.Detect), frames.Average(frame => frame.Track),
            frames.Average(frame => frame.Classify), frames.Average(frame => frame.Draw), frames.Average(frame => frame.Total));
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        _frame.Dispose();
        _annotated.Dispose();
    }

    private static FacePipeline Pipeline(IFaceDetector detector, string[] models, double fullSearchSeconds = FacePipeline.FullSearchSecondsOfCamera) =>
        new(new BrighteningDetector(detector), [.. models.Select(model => AttributeClassifier.Load(Path.Combine(Folder, model + ".yaml")))])
        {
            FullSearchSeconds = fullSearchSeconds,
            ClassificationOptions = ClassificationOptions.OfCamera,
        };

    private static OnnxFaceDetector Network(string name) => OnnxFaceDetector.Load(
        Path.Combine(Folder, name + ".yaml"),
        new OnnxFaceDetectorOptions { DoubtfulScore = OnnxFaceDetectorOptions.TrackedDoubtfulScore });

    private Timings Process(Mat picture)
    {
        _stamp += 1 / Rate;
        _frame.Set(picture);
        var start = Stopwatch.GetTimestamp();
        var faces = _pipeline.Process(_frame, _stamp);
        var draw = Stopwatch.GetTimestamp();
        _annotator.Draw(_frame, faces, _annotated);
        var end = Stopwatch.GetTimestamp();

        var stages = _pipeline.LastTimings;
        return new Timings(
            faces.Count, stages.Detect.TotalMilliseconds, (stages.Total - stages.Detect - stages.Classify).TotalMilliseconds,
            stages.Classify.TotalMilliseconds, Stopwatch.GetElapsedTime(draw, end).TotalMilliseconds,
            Stopwatch.GetElapsedTime(start, end).TotalMilliseconds);
    }
}

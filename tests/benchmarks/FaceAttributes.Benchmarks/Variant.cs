using System.Diagnostics;
using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Drawing;
using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Benchmarks;

/// <summary>One way of processing frames, and how long its stages took.</summary>
internal sealed class Variant : IDisposable
{
    private readonly bool _oneByOne;
    private readonly int _threads;
    private readonly AttributeClassifier[] _classifiers;
    private readonly FacePipeline _pipeline;
    private readonly Annotator _annotator = new();
    private readonly ImageFrame _frame = new();
    private readonly Mat _annotated = new();
    private readonly List<double>[] _milliseconds = [[], [], [], []];

    /// <summary>Prepares a variant.</summary>
    /// <param name="name">For the table.</param>
    /// <param name="detector">Becomes the variant's.</param>
    /// <param name="threads">OpenCV's threads.</param>
    /// <param name="models">The networks.</param>
    /// <param name="oneByOne">Whether each face is a network run of its own.</param>
    public Variant(string name, IFaceDetector detector, int threads, string[] models, bool oneByOne = false)
    {
        (Name, _threads, _oneByOne) = (name, threads, oneByOne);
        _classifiers =
        [
            .. models.Select(model => AttributeClassifier.Load(Path.Combine(AppContext.BaseDirectory, "models", model + ".yaml"))),
        ];
        _pipeline = new FacePipeline(detector, oneByOne ? [] : _classifiers);
    }

    public string Name { get; }

    /// <summary>Faces found in the last frame.</summary>
    public int Faces { get; private set; }

    /// <summary>Median milliseconds of grey and detection, classification, drawing, and all together.</summary>
    public double[] Medians => [.. _milliseconds.Select(Median)];

    /// <summary>Processes a frame, and notes the time if asked to.</summary>
    public void Process(Mat picture, bool note)
    {
        Cv2.SetNumThreads(_threads);
        _frame.Set(picture);
        var start = Stopwatch.GetTimestamp();
        var faces = _pipeline.Process(_frame, stamp: 0);
        var classify = _pipeline.LastTimings.Classify;
        if (_oneByOne)
            classify = ClassifyOneByOne(faces);
        var draw = Stopwatch.GetTimestamp();
        _annotator.Draw(_frame, faces, _annotated);
        var end = Stopwatch.GetTimestamp();

        Faces = faces.Count;
        if (!note)
            return;
        _milliseconds[0].Add(_pipeline.LastTimings.Detect.TotalMilliseconds);
        _milliseconds[1].Add(classify.TotalMilliseconds);
        _milliseconds[2].Add(Stopwatch.GetElapsedTime(draw, end).TotalMilliseconds);
        _milliseconds[3].Add(Stopwatch.GetElapsedTime(start, end).TotalMilliseconds);
    }

    public void Clear() => Array.ForEach(_milliseconds, list => list.Clear());

    public void Dispose()
    {
        _pipeline.Dispose();
        if (_oneByOne)
            Array.ForEach(_classifiers, classifier => classifier.Dispose());
        _frame.Dispose();
        _annotated.Dispose();
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }

    private TimeSpan ClassifyOneByOne(IReadOnlyList<Track> faces)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var classifier in _classifiers)
        {
            foreach (var face in faces)
                classifier.Classify(_frame, [face.Box]);
        }

        return Stopwatch.GetElapsedTime(start);
    }
}

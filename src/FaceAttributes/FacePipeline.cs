using System.Diagnostics;
using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes;

/// <summary>One frame's way: the faces are found, followed from the last frame, and looked at by all networks.</summary>
/// <remarks>
/// Owns the detector and the classifiers and disposes of them. Used by one thread at a time. Once it has seen as many
/// faces as it will see, it allocates nothing on the managed heap but the ids of new faces.
/// </remarks>
public sealed class FacePipeline : IDisposable
{
    private readonly IFaceDetector _detector;
    private readonly AttributeClassifier[] _classifiers;
    private readonly FaceTracker _tracker;
    private readonly List<FaceDetection> _detections = [];
    private readonly List<string> _ids = [];
    private readonly List<Face> _pool = [];
    private readonly List<Face> _faces = [];
    private Rect[] _boxes = [];

    /// <summary>Puts the parts together.</summary>
    /// <param name="detector">Finds the faces. The pipeline's from now on.</param>
    /// <param name="classifiers">Each for other attributes, maybe none. The pipeline's from now on.</param>
    /// <param name="tracker">Gives the faces their ids.</param>
    public FacePipeline(IFaceDetector detector, IReadOnlyList<AttributeClassifier> classifiers, FaceTracker tracker)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(classifiers);
        ArgumentNullException.ThrowIfNull(tracker);
        (_detector, _classifiers, _tracker) = (detector, [.. classifiers], tracker);
    }

    /// <summary>The detector's name.</summary>
    public string DetectorName => _detector.Name;

    /// <summary>The classifiers, in the order of <see cref="Face.Attributes"/>, which has those of one after the other.</summary>
    public IReadOnlyList<AttributeClassifier> Classifiers => _classifiers;

    /// <summary>How long the stages of the last <see cref="Process"/> took.</summary>
    public PipelineTimings LastTimings { get; private set; }

    /// <summary>Finds the faces of the next picture.</summary>
    /// <param name="frame">The picture. Only read, and only during the call.</param>
    /// <returns>
    /// The faces from left to right; empty where there is none. List and faces are the pipeline's and valid until the
    /// next call.
    /// </returns>
    public IReadOnlyList<Face> Process(ImageFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var start = Stopwatch.GetTimestamp();
        _detector.Detect(frame, _detections);
        var detected = Stopwatch.GetTimestamp();
        _detections.Sort(static (a, b) => CompareByPlace(a.Box, b.Box));
        _tracker.Update(_detections, _ids);
        CollectFaces();

        var classify = Stopwatch.GetTimestamp();
        Classify(frame);
        var end = Stopwatch.GetTimestamp();
        LastTimings = new PipelineTimings(
            Stopwatch.GetElapsedTime(start, detected),
            Stopwatch.GetElapsedTime(classify, end),
            Stopwatch.GetElapsedTime(start, end));
        return _faces;
    }

    /// <summary>Forgets the followed faces, as for a new scene. Ids go on where they were.</summary>
    public void Reset() => _tracker.Reset();

    /// <summary>Disposes of the detector and the classifiers.</summary>
    public void Dispose()
    {
        _detector.Dispose();
        foreach (var classifier in _classifiers)
            classifier.Dispose();
    }

    private static int CompareByPlace(in Rect a, in Rect b)
    {
        var order = (2L * a.X + a.Width).CompareTo(2L * b.X + b.Width);
        return order != 0 ? order : a.Y.CompareTo(b.Y);
    }

    private void CollectFaces()
    {
        _faces.Clear();
        if (_boxes.Length < _detections.Count)
            _boxes = new Rect[2 * _detections.Count];
        for (var i = 0; i < _detections.Count; i++)
        {
            if (i == _pool.Count)
                _pool.Add(new Face(string.Empty, default, 0, [.. _classifiers.SelectMany(c => c.CreateDistributions())]));
            var face = _pool[i];
            (face.Id, face.Box, face.DetectionScore) = (_ids[i], _detections[i].Box, _detections[i].Score);
            _boxes[i] = face.Box;
            _faces.Add(face);
        }
    }

    private void Classify(ImageFrame frame)
    {
        var attribute = 0;
        foreach (var classifier in _classifiers)
        {
            classifier.Classify(frame, _boxes.AsSpan(0, _faces.Count));
            var heads = classifier.Manifest.Heads;
            for (var head = 0; head < heads.Count; head++, attribute++)
            {
                var probabilities = classifier.Probabilities(head);
                var labels = heads[head].Labels.Count;
                for (var i = 0; i < _faces.Count; i++)
                    _faces[i].Attributes[attribute].Set(probabilities.Slice(i * labels, labels));
            }
        }
    }
}

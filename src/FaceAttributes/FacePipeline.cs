using System.Diagnostics;
using System.Runtime.InteropServices;
using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Tracking;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes;

/// <summary>How long the stages of one <see cref="FacePipeline.Process"/> took.</summary>
/// <param name="Detect">Making the grey image and finding the faces.</param>
/// <param name="Classify">Cropping the faces and running all networks.</param>
/// <param name="Total">Everything.</param>
public readonly record struct PipelineTimings(TimeSpan Detect, TimeSpan Classify, TimeSpan Total);

/// <summary>One image's way: the faces are found, followed from the last image, and classified by all networks.</summary>
/// <remarks>
/// Owns the detector and the classifiers and disposes of them. Each part can be replaced between images. Used by one thread
/// at a time. Once it has seen as many faces as it will see, it allocates nothing on the managed heap but for new faces.
/// </remarks>
public sealed class FacePipeline : IDisposable
{
    private readonly FaceTracker _tracker;
    private readonly List<FaceDetection> _detections = [];
    private readonly List<Box> _boxes = [];
    private IFaceDetector _detector;
    private IReadOnlyList<AttributeClassifier> _classifiers;

    /// <summary>Puts the parts together.</summary>
    /// <param name="detector">Finds the faces. The pipeline's from now on.</param>
    /// <param name="classifiers">Each for other attributes, maybe none. The pipeline's from now on.</param>
    /// <param name="tracking">How faces are followed.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option of the tracking is out of its range.</exception>
    public FacePipeline(
        IFaceDetector detector, IReadOnlyList<AttributeClassifier> classifiers, FaceTrackerOptions? tracking = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(classifiers);
        (_detector, _classifiers, _tracker) = (detector, classifiers, new FaceTracker(tracking));
    }

    /// <summary>Finds the faces. A new one is the pipeline's from now on, and the old one is disposed of.</summary>
    public IFaceDetector Detector
    {
        get => _detector;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!ReferenceEquals(value, _detector))
                _detector.Dispose();
            _detector = value;
        }
    }

    /// <summary>
    /// The classifiers, in the order of <see cref="Track.Attributes"/>, which has those of one after the other. New ones are
    /// the pipeline's from now on, the old ones are disposed of, and what they said is forgotten.
    /// </summary>
    public IReadOnlyList<AttributeClassifier> Classifiers
    {
        get => _classifiers;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var old in _classifiers.Except(value))
                old.Dispose();
            _classifiers = value;
            foreach (var track in _tracker.Tracks)
                track.Attributes = [];
        }
    }

    /// <summary>How faces are followed; new options keep all tracks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public FaceTrackerOptions TrackerOptions
    {
        get => _tracker.Options;
        set => _tracker.Options = value;
    }

    /// <summary>How long the stages of the last <see cref="Process"/> took.</summary>
    public PipelineTimings LastTimings { get; private set; }

    /// <summary>Finds, follows and classifies the faces of the next image.</summary>
    /// <param name="frame">The image. Only read, and only during the call.</param>
    /// <param name="stamp">The image's time in seconds, see <see cref="FaceTracker.Update"/>.</param>
    /// <returns>
    /// The tracks whose faces are in this image, from left to right; empty where there is none. The pipeline's, and valid
    /// until the next call.
    /// </returns>
    public IReadOnlyList<Track> Process(ImageFrame frame, double stamp)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var start = Stopwatch.GetTimestamp();
        _detector.Detect(frame, _detections);
        var detected = Stopwatch.GetTimestamp();

        _detections.Sort(static (a, b) => CompareByPlace(a.Box, b.Box));
        var tracks = _tracker.Update(_detections, stamp);

        var classify = Stopwatch.GetTimestamp();
        Classify(frame, tracks);
        var end = Stopwatch.GetTimestamp();
        LastTimings = new PipelineTimings(
            Stopwatch.GetElapsedTime(start, detected),
            Stopwatch.GetElapsedTime(classify, end),
            Stopwatch.GetElapsedTime(start, end));
        return tracks;
    }

    /// <summary>Ends all tracks, as for a new scene. Ids go on where they were.</summary>
    public void Reset() => _tracker.Reset();

    /// <summary>Disposes of the detector and the classifiers.</summary>
    public void Dispose()
    {
        _detector.Dispose();
        foreach (var classifier in _classifiers)
            classifier.Dispose();
    }

    private static int CompareByPlace(in Box a, in Box b)
    {
        var order = a.CenterX.CompareTo(b.CenterX);
        return order != 0 ? order : a.Y.CompareTo(b.Y);
    }

    private void Classify(ImageFrame frame, IReadOnlyList<Track> tracks)
    {
        if (_classifiers.Count == 0)
            return;
        _boxes.Clear();
        for (var i = 0; i < tracks.Count; i++)
        {
            var track = tracks[i];
            _boxes.Add(track.Box);
            if (track.Attributes.Count == 0)
                track.Attributes = [.. _classifiers.SelectMany(classifier => classifier.CreateDistributions())];
        }

        var attribute = 0;
        for (var k = 0; k < _classifiers.Count; k++)
        {
            var classifier = _classifiers[k];
            classifier.Classify(frame, CollectionsMarshal.AsSpan(_boxes));
            var heads = classifier.Manifest.Heads;
            for (var head = 0; head < heads.Count; head++, attribute++)
            {
                var probabilities = classifier.Probabilities(head);
                var labels = heads[head].Labels.Count;
                for (var i = 0; i < tracks.Count; i++)
                    tracks[i].Attributes[attribute].Set(probabilities.Slice(i * labels, labels));
            }
        }
    }
}

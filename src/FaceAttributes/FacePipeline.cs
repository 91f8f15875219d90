using System.Diagnostics;
using System.Runtime.InteropServices;
using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Quality;
using FaceAttributes.Smoothing;
using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes;

/// <summary>How long the stages of one <see cref="FacePipeline.Process"/> took.</summary>
/// <param name="Detect">Making the grey image, measuring the camera's motion and finding the faces.</param>
/// <param name="Classify">Judging the faces' quality, cropping them and running all networks.</param>
/// <param name="Total">Everything.</param>
public readonly record struct PipelineTimings(TimeSpan Detect, TimeSpan Classify, TimeSpan Total);

/// <summary>
/// One image's way: the faces are found, followed from the last image, and those that are shown well enough are classified
/// by all networks, whose answers are smoothed on the tracks.
/// </summary>
/// <remarks>
/// Owns the detector and the classifiers and disposes of them. Each part can be replaced between images. Used by one thread
/// at a time. Once it has seen as many faces as it will see, it allocates nothing on the managed heap but for new faces.
/// </remarks>
public sealed class FacePipeline : IDisposable
{
    // Intersection over union from which on two boxes, found near two tracks, are one face.
    private const float MaxOverlap = 0.4f;

    // What the looks near tracks may cost in one image, as a part of what a search of the whole image costs.
    private const float NearShare = 0.1f;

    private readonly FaceTracker _tracker;
    private readonly CameraMotion _cameraMotion = new();
    private readonly FaceQuality _quality = new();
    private readonly List<FaceDetection> _detections = [];
    private readonly List<FaceDetection> _near = [];
    private readonly List<Track> _turns = [];
    private readonly List<Track> _tracked = [];
    private readonly List<Track> _lost = [];
    private readonly List<Box> _boxes = [];
    private IFaceDetector _detector;
    private IReadOnlyList<AttributeClassifier> _classifiers;
    private ClassificationSchedule[] _schedules;
    private ClassificationOptions _classification = new();
    private SmoothingOptions _smoothing = new();
    private double _lastFullSearch = double.NegativeInfinity;
    private double _lastStamp = double.NegativeInfinity;
    private int _lastReduction = 1;

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
        _schedules = Schedules(classifiers);
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

    /// <summary>What <see cref="FullSearchSeconds"/> is for a network on a camera's images, as the node has it by default.</summary>
    public const double FullSearchSecondsOfCamera = 0.1;

    /// <summary>
    /// Seconds, by the images' stamps, from one search of the whole image to the next; in between, faces are looked for only
    /// near those that are followed, and a new one is found at the next search. Where many are followed, they take turns, and
    /// those whose turn it is not are where they are expected. 0 or more; 0: every image is searched as a whole.
    /// </summary>
    public double FullSearchSeconds { get; set; }

    /// <summary>
    /// Whether every image is searched as a whole whatever <see cref="FullSearchSeconds"/> says, so that no face is overlooked even
    /// for an image or two.
    /// </summary>
    public bool SearchesEveryImage { get; set; }

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
            (_classifiers, _schedules) = (value, Schedules(value));
            foreach (var track in _tracker.Tracks)
                (track.Attributes, track.LastClassified) = ([], double.NegativeInfinity);
        }
    }

    /// <summary>How faces are followed; new options keep all tracks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public FaceTrackerOptions TrackerOptions
    {
        get => _tracker.Options;
        set => _tracker.Options = value;
    }

    /// <summary>Which faces the networks look at, and how often.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ClassificationOptions ClassificationOptions
    {
        get => _classification;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Check();
            _classification = value;
        }
    }

    /// <summary>How the networks' answers are smoothed; new options count from the next image on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SmoothingOptions SmoothingOptions
    {
        get => _smoothing;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Check();
            _smoothing = value;
        }
    }

    /// <summary>
    /// The tracks whose faces are not in the last image but may be found again, in the order of their ids. The pipeline's, and
    /// valid until the next <see cref="Process"/>.
    /// </summary>
    public IReadOnlyList<Track> LostTracks => _lost;

    /// <summary>All that the detector takes for a face in the last image, or doubts to be one. The pipeline's, and valid until the next <see cref="Process"/>.</summary>
    public IReadOnlyList<FaceDetection> Detections => _detections;

    /// <summary>All faces that are followed: those in the last image, lost ones, and tentative ones, which may be none.</summary>
    public IReadOnlyList<Track> AllTracks => _tracker.Tracks;

    /// <summary>How long the stages of the last <see cref="Process"/> took.</summary>
    public PipelineTimings LastTimings { get; private set; }

    /// <summary>Finds, follows and classifies the faces of the next image.</summary>
    /// <param name="frame">The image. Only read, and only during the call.</param>
    /// <param name="stamp">The image's time in seconds, see <see cref="FaceTracker.Predict"/>.</param>
    /// <returns>
    /// The tracks whose faces are in this image, from left to right; empty where there is none. The pipeline's, and valid
    /// until the next call.
    /// </returns>
    public IReadOnlyList<Track> Process(ImageFrame frame, double stamp)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var start = Stopwatch.GetTimestamp();
        if (frame.Reduction != _lastReduction)
            _tracker.Scale((float)_lastReduction / frame.Reduction);
        _lastReduction = frame.Reduction;
        if (_tracker.Options.CameraMotion)
            _tracker.Shift(_cameraMotion.Estimate(frame, isWanted: _tracker.Tracks.Count > 0));
        else
            _cameraMotion.Reset();
        Detect(frame, stamp);
        var detected = Stopwatch.GetTimestamp();

        for (var i = 0; i < _detections.Count; i++)
            _detections[i] = _detections[i] with { Appearance = FaceAppearance.Measure(frame, _detections[i].Box) };
        _detections.Sort(static (a, b) => CompareByPlace(a.Box, b.Box));
        _tracked.Clear();
        _tracked.AddRange(_tracker.Update(_detections, stamp, _detector.CertainScore));
        _tracked.Sort(static (a, b) => CompareByPlace(a.Box, b.Box));
        _lost.Clear();
        for (var i = 0; i < _tracker.Tracks.Count; i++)
        {
            if (_tracker.Tracks[i].State == TrackState.Lost)
                _lost.Add(_tracker.Tracks[i]);
        }

        var classify = Stopwatch.GetTimestamp();
        Classify(frame, stamp);
        var end = Stopwatch.GetTimestamp();
        LastTimings = new PipelineTimings(
            Stopwatch.GetElapsedTime(start, detected),
            Stopwatch.GetElapsedTime(classify, end),
            Stopwatch.GetElapsedTime(start, end));
        return _tracked;
    }

    /// <summary>Ends all tracks, as for a new scene. Ids go on where they were.</summary>
    public void Reset()
    {
        _tracker.Reset();
        _cameraMotion.Reset();
        _lastFullSearch = double.NegativeInfinity;
    }

    /// <summary>Ends all tracks, and ids begin anew: for a picture that has to do with none before.</summary>
    public void Restart()
    {
        Reset();
        _tracker.Restart();
    }

    /// <summary>
    /// Goes once the way of an image with a face, so that the first one of a camera need not wait until all code is compiled.
    /// Ends all tracks.
    /// </summary>
    public void WarmUp()
    {
        using var picture = new Mat(480, 640, MatType.CV_8UC3, Scalar.All(128));
        using var frame = new ImageFrame();
        frame.Set(picture);
        var face = new FaceDetection(new Box(200, 150, 100, 100), Score: 1);
        Process(frame, stamp: 0);
        _detector.DetectNear(frame, face.Box, _near);
        _cameraMotion.Estimate(frame);
        _quality.Measure(frame, face.Box, landmarks: null);
        var track = new Track("", face with { Appearance = FaceAppearance.Measure(frame, face.Box) }, stamp: 0);
        track.AssociationCost(face);
        foreach (var classifier in _classifiers)
            classifier.Classify(frame, [face.Box]);
        Reset();
    }

    /// <summary>Disposes of the detector and the classifiers.</summary>
    public void Dispose()
    {
        _detector.Dispose();
        _cameraMotion.Dispose();
        foreach (var classifier in _classifiers)
            classifier.Dispose();
    }

    private static int CompareByPlace(in Box a, in Box b)
    {
        var order = a.CenterX.CompareTo(b.CenterX);
        return order != 0 ? order : a.Y.CompareTo(b.Y);
    }

    private static ClassificationSchedule[] Schedules(IReadOnlyList<AttributeClassifier> classifiers)
    {
        var schedules = new ClassificationSchedule[classifiers.Count];
        var attribute = 0;
        for (var i = 0; i < schedules.Length; attribute += classifiers[i++].Manifest.Heads.Count)
            schedules[i] = new ClassificationSchedule(attribute, classifiers[i].Manifest.Heads.Count);
        return schedules;
    }

    /// <summary>Looks for faces: everywhere if it is time to, else near those that are followed.</summary>
    private void Detect(ImageFrame frame, double stamp)
    {
        // Images don't come on the dot: the one that is nearest to the time is searched. And time may begin anew, or stand still.
        var (sinceLast, isLater) = (Math.Abs(stamp - _lastStamp), stamp > _lastStamp);
        _lastStamp = stamp;
        _tracker.Predict(stamp);
        if (SearchesEveryImage || !isLater || _detector.NearCost >= 1 || stamp < _lastFullSearch || !(stamp - _lastFullSearch + sinceLast / 2 < FullSearchSeconds))
        {
            _lastFullSearch = stamp;
            _detector.Detect(frame, _detections);
            // Not before Predict, which has to know who was passed over
            foreach (var track in _tracker.Tracks)
                track.PassedOver = 0;
            return;
        }

        _detections.Clear();
        _turns.Clear();
        _turns.AddRange(_tracker.Tracks);
        _turns.Sort(static (a, b) => b.PassedOver.CompareTo(a.PassedOver));
        var looks = Math.Max(1, (int)(NearShare / _detector.NearCost));
        for (var i = 0; i < _turns.Count; i++)
        {
            if (i >= looks)
            {
                _turns[i].PassedOver++;
                continue;
            }

            _turns[i].PassedOver = 0;
            _detector.DetectNear(frame, _turns[i].Box, _near);
            _detections.AddRange(_near);
        }

        // Of neighbours, each finds the other's face again.
        NonMaxSuppression.Apply(_detections, MaxOverlap);
    }

    private void Classify(ImageFrame frame, double stamp)
    {
        foreach (var track in _tracked)
        {
            track.Quality = _quality.Measure(frame, track.Box, track.Landmarks).Total;
            if (track.Attributes.Count == 0)
                track.Attributes = [.. _classifiers.SelectMany(classifier => classifier.Manifest.Heads, (_, head) => new SmoothedAttribute(head))];
        }

        for (var i = 0; i < _classifiers.Count; i++)
        {
            _schedules[i].Choose(_tracked, stamp, _classification, _smoothing, _classification.Budget / _classifiers.Count);
            if (_schedules[i].Count > 0)
                Classify(frame, _classifiers[i], _schedules[i]);
        }

        foreach (var track in _tracked)
        {
            if (_classification.MinAgeForGender > 0 && track.Find(FaceAttribute.Age) is { Smoothed.Values: not null } age
                && !(age.HasAnswer && age.Smoothed.Mean >= _classification.MinAgeForGender))
                track.Find(FaceAttribute.Gender)?.Smoothed.Withhold();
        }
    }

    private void Classify(ImageFrame frame, AttributeClassifier classifier, ClassificationSchedule chosen)
    {
        var start = Stopwatch.GetTimestamp();
        _boxes.Clear();
        for (var i = 0; i < chosen.Count; i++)
            _boxes.Add(chosen[i].Box);
        classifier.Classify(frame, CollectionsMarshal.AsSpan(_boxes));
        var heads = classifier.Manifest.Heads;
        for (var head = 0; head < heads.Count; head++)
        {
            var probabilities = classifier.Probabilities(head);
            var labels = heads[head].Labels.Count;
            for (var i = 0; i < chosen.Count; i++)
            {
                var track = chosen[i];
                track.Attributes[chosen.Attribute + head].Add(
                    probabilities.Slice(i * labels, labels), track.Stamp, Math.Max(track.Quality, 0.01), _smoothing);
                track.LastClassified = track.Stamp;
            }
        }

        chosen.Took(Stopwatch.GetElapsedTime(start));
    }
}

using FaceAttributes.Classification;
using FaceAttributes.Detection.Haar;
using FaceAttributes.Evaluation.Metrics;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Sequences;

/// <summary>A program that looks at the images of a camera one after the other. Used by one thread at a time.</summary>
internal interface IFaceLoop : IDisposable
{
    /// <summary>For tables.</summary>
    string Name { get; }

    /// <summary>Forgets all images, for a new sequence.</summary>
    void Reset();

    /// <summary>Looks at an image.</summary>
    /// <param name="frame">The image.</param>
    /// <param name="stamp">Its time in seconds.</param>
    /// <returns>The faces in it, with the labels that the program publishes.</returns>
    IReadOnlyList<TrackedFace> Process(ImageFrame frame, double stamp);
}

/// <summary>The node's pipeline.</summary>
/// <param name="name">For tables.</param>
/// <param name="pipeline">Disposed of with this.</param>
internal sealed class PipelineLoop(string name, FacePipeline pipeline) : IFaceLoop
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public void Reset() => pipeline.Reset();

    /// <inheritdoc/>
    public IReadOnlyList<TrackedFace> Process(ImageFrame frame, double stamp) =>
        [.. pipeline.Process(frame, stamp).Select(track => new TrackedFace(track.Id, track.Box, track.Find("emotion")?.Smoothed.Label))];

    /// <inheritdoc/>
    public void Dispose() => pipeline.Dispose();
}

/// <summary>
/// The loop that the project began as, oarriaga/face_classification's: OpenCV's detectMultiScale(gray, 1.3, 5) with the cascade
/// haarcascade_frontalface_default.xml, nothing that follows a face, and one window of the last ten emotions of all faces, of which
/// the most frequent one is shown. As it has no ids, a face's id is its place among what the cascade returns.
/// </summary>
internal sealed class SeedLoop : IFaceLoop
{
    private const string Cascade = "haarcascade_frontalface_default.xml";
    private const int Window = 10;

    private readonly CascadeClassifier _cascade;
    private readonly AttributeClassifier _classifier;
    private readonly AttributeDistribution _distribution;
    private readonly int _head;
    private readonly List<string> _window = [];

    /// <summary>Loads the cascade.</summary>
    /// <param name="classifier">Estimates emotions. Disposed of with this.</param>
    /// <exception cref="EvaluationException">The cascade is not there.</exception>
    public SeedLoop(AttributeClassifier classifier)
    {
        _cascade = new CascadeClassifier(
            HaarCascadeDetector.UsualFolders.Select(folder => Path.Combine(folder, Cascade)).FirstOrDefault(File.Exists)
            ?? throw new EvaluationException(
                $"{Cascade} is in none of {string.Join(", ", HaarCascadeDetector.UsualFolders)}; install the package opencv-data."));
        _classifier = classifier;
        _head = classifier.Manifest.Heads.Index().First(head => head.Item.Attribute == "emotion").Index;
        _distribution = classifier.CreateDistributions()[_head];
    }

    /// <inheritdoc/>
    public string Name => "seed";

    /// <inheritdoc/>
    public void Reset() => _window.Clear();

    /// <inheritdoc/>
    public IReadOnlyList<TrackedFace> Process(ImageFrame frame, double stamp)
    {
        Box[] boxes = [.. _cascade.DetectMultiScale(frame.Gray, 1.3, 5).Select(Box.From)];
        _classifier.Classify(frame, boxes);
        var probabilities = _classifier.Probabilities(_head);
        var labels = _distribution.Labels.Count;
        var faces = new TrackedFace[boxes.Length];
        for (var i = 0; i < boxes.Length; i++)
        {
            _distribution.Set(probabilities.Slice(i * labels, labels));
            _window.Add(_distribution.MostProbable);
            if (_window.Count > Window)
                _window.RemoveAt(0);
            var mode = _window.GroupBy(label => label).MaxBy(group => group.Count())!.Key;
            faces[i] = new TrackedFace($"{i}", boxes[i], mode);
        }

        return faces;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cascade.Dispose();
        _classifier.Dispose();
    }
}

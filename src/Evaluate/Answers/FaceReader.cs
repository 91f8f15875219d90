using FaceAttributes.Classification;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Answers;

/// <summary>Shows faces to a network, one at a time, as the node does. Used by one thread at a time.</summary>
/// <param name="classifier">Becomes the reader's.</param>
internal sealed class FaceReader(AttributeClassifier classifier) : IDisposable
{
    private readonly ImageFrame _frame = new();
    private readonly AttributeDistribution[] _distributions = classifier.CreateDistributions();

    /// <summary>What each head says of a face.</summary>
    /// <param name="picture">Grey or blue-green-red.</param>
    /// <param name="box">The face in pixels; may leave the picture.</param>
    public HeadAnswer[] Read(Mat picture, Rect box)
    {
        _frame.Set(picture);
        classifier.Classify(_frame, [Box.From(box)]);
        for (var head = 0; head < _distributions.Length; head++)
            _distributions[head].Set(classifier.Probabilities(head));
        return [.. _distributions.Select(distribution => new HeadAnswer(distribution))];
    }

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        classifier.Dispose();
        _frame.Dispose();
    }
}

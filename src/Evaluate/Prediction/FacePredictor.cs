using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Data;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Prediction;

/// <summary>What one head of a network predicts for one face.</summary>
internal sealed class HeadPrediction(AttributeDistribution distribution)
{
    /// <summary>The probability of each label.</summary>
    public float[] Probabilities { get; } = distribution.Probabilities.ToArray();

    /// <summary>Whether it is confident enough not to be "unknown".</summary>
    public bool IsKnown { get; } = distribution.IsKnown;

    /// <summary>The mean of a numeric head, in units of its values; NaN for others.</summary>
    public float Mean { get; } = distribution.Mean;

    /// <summary>The standard deviation of a numeric head, in units of its values; NaN for others.</summary>
    public float StandardDeviation { get; } = distribution.StandardDeviation;
}

/// <summary>A face and what one head of a network predicts for it.</summary>
/// <param name="Face">The face and its labels.</param>
/// <param name="IsFound">Whether the detector found it.</param>
/// <param name="Prediction">The prediction.</param>
internal sealed record PredictedFace(LabelledFace Face, bool IsFound, HeadPrediction Prediction);

/// <summary>Runs a network on faces, one at a time, as the node does. Used by one thread at a time.</summary>
/// <param name="classifier">Disposed of with this.</param>
internal sealed class FacePredictor(AttributeClassifier classifier) : IDisposable
{
    private readonly ImageFrame _frame = new();
    private readonly AttributeDistribution[] _distributions = classifier.CreateDistributions();

    /// <summary>What each head predicts for each face of a set.</summary>
    /// <param name="predictors">The workers.</param>
    /// <param name="set">The faces.</param>
    /// <param name="boxes">Their boxes.</param>
    /// <param name="corruption">Applied first.</param>
    /// <returns>By head, then by face.</returns>
    public static PredictedFace[][] PredictAll(
        WorkerPool<FacePredictor> predictors, FaceSet set, IReadOnlyList<FaceBox> boxes, Corruption corruption)
    {
        var predictions = predictors.Map([.. set.Faces.Zip(boxes)], (predictor, item) =>
        {
            var (face, box) = item;
            using var picture = face.Picture.Decode();
            var crop = corruption.Apply(face, picture, box.Box);
            return predictor.Predict(picture, crop)
                .Select(prediction => new PredictedFace(face, box.IsFound, prediction)).ToArray();
        });
        return [.. Enumerable.Range(0, predictions[0].Length).Select(
            head => predictions.Select(heads => heads[head]).ToArray())];
    }

    /// <summary>What each head predicts for a face.</summary>
    /// <param name="picture">Grey or blue-green-red.</param>
    /// <param name="box">The face in pixels; may leave the picture.</param>
    public HeadPrediction[] Predict(Mat picture, Rect box)
    {
        _frame.Set(picture);
        classifier.Classify(_frame, [Box.From(box)]);
        for (var head = 0; head < _distributions.Length; head++)
            _distributions[head].Set(classifier.Probabilities(head));
        return [.. _distributions.Select(distribution => new HeadPrediction(distribution))];
    }

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        classifier.Dispose();
        _frame.Dispose();
    }
}

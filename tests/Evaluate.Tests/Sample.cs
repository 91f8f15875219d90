using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Tests;

/// <summary>Made-up answers about faces of which only what a test needs is known.</summary>
internal static class Sample
{
    public static LabelledFace Face(int row = 0) => new(row, new GrayPicture([0], 1));

    public static ClassificationResult Classified(int truth, int answer, double confidence = 0.9, bool isKnown = true, LabelledFace? face = null, bool isFound = true) =>
        new(face ?? Face(), isFound, truth, answer, confidence, isKnown);

    public static RegressionResult Estimated(
        double truth, double mean, double deviation = 5, bool isKnown = true, LabelledFace? face = null, bool isFound = true) =>
        new(face ?? Face(), isFound, truth, mean, deviation, isKnown);

    /// <summary>Many answers of three classes, of any confidence, the same each time.</summary>
    public static ClassificationResult[] Many(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Classified(random.Next(3), random.Next(3), 1 / 3.0 + 2 / 3.0 * random.NextDouble()))];
    }
}

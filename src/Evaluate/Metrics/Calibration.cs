namespace FaceAttributes.Evaluation.Metrics;

/// <summary>The faces whose confidence lies in one of equal ranges.</summary>
/// <param name="Low">Where the range starts.</param>
/// <param name="High">Where it ends.</param>
/// <param name="N">How many faces.</param>
/// <param name="Confidence">Their mean confidence; null without faces.</param>
/// <param name="Accuracy">Their accuracy; null without faces.</param>
internal sealed record ReliabilityBin(double Low, double High, int N, double? Confidence, double? Accuracy);

/// <summary>
/// Whether a network is right as often as it says: C. Guo et al., "On Calibration of Modern Neural Networks", ICML
/// 2017, arXiv:1706.04599.
/// </summary>
internal static class Calibration
{
    /// <summary>Equal ranges of confidence, as many as Guo et al. take.</summary>
    public const int Bins = 15;

    /// <summary>Mean confidence and accuracy in each range of confidence: the bars of a reliability diagram.</summary>
    /// <param name="faces">At least one.</param>
    public static ReliabilityBin[] Reliability(IReadOnlyCollection<ClassificationResult> faces)
    {
        var bins = faces.ToLookup(face => Math.Min((int)(face.Confidence * Bins), Bins - 1));
        return [.. Enumerable.Range(0, Bins).Select(index => Bin(index, [.. bins[index]]))];
    }

    /// <summary>
    /// The expected calibration error: the distance of accuracy and confidence in each range, weighted with its faces.
    /// </summary>
    /// <param name="bins">What <see cref="Reliability"/> gives.</param>
    public static double ExpectedError(IReadOnlyCollection<ReliabilityBin> bins) =>
        bins.Sum(bin => bin.N * Math.Abs((bin.Accuracy - bin.Confidence) ?? 0)) / bins.Sum(bin => bin.N);

    private static ReliabilityBin Bin(int index, ClassificationResult[] faces) => new(
        (double)index / Bins, (index + 1.0) / Bins, faces.Length,
        faces.Length == 0 ? null : faces.Average(face => face.Confidence),
        faces.Length == 0 ? null : Accuracy.Of(faces));
}

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>What answering only when confident gives.</summary>
/// <param name="Threshold">Confidence at least.</param>
/// <param name="Coverage">Share of the faces that get an answer.</param>
/// <param name="Accuracy">Share of the answers that are right.</param>
internal sealed record RiskCoveragePoint(double Threshold, double Coverage, double Accuracy);

/// <summary>
/// Answering only when confident: fewer answers, of which more are right. R. El-Yaniv and Y. Wiener, "On the Foundations
/// of Noise-free Selective Classification", JMLR 11, 2010.
/// </summary>
internal static class RiskCoverage
{
    private const int Steps = 20;

    /// <summary>
    /// Coverage and accuracy at thresholds of 0, 0.05, …, 0.95, without those that every face reaches (but 0) or none.
    /// </summary>
    /// <param name="faces">At least one.</param>
    public static RiskCoveragePoint[] Curve(IReadOnlyCollection<ClassificationResult> faces)
    {
        var points = new List<RiskCoveragePoint>();
        for (var step = 0; step < Steps; step++)
        {
            var threshold = (double)step / Steps;
            ClassificationResult[] answered = [.. faces.Where(face => face.Confidence >= threshold)];
            if (answered.Length > 0 && (step == 0 || answered.Length < faces.Count))
                points.Add(new(threshold, (double)answered.Length / faces.Count, Accuracy.Of(answered)));
        }

        return [.. points];
    }
}

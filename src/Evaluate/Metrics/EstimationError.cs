using FaceAttributes.Evaluation.Answers;
using FaceAttributes.Evaluation.Figures;

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>How far estimates are from the truth, in the unit of both.</summary>
internal static class EstimationError
{
    /// <summary>The mean absolute error.</summary>
    /// <param name="faces">At least one.</param>
    public static double Mean(IReadOnlyCollection<Estimated> faces) => faces.Average(face => Math.Abs(face.Error));

    /// <summary>The mean error: above 0 if the estimates are too high.</summary>
    /// <param name="faces">At least one.</param>
    public static double Bias(IReadOnlyCollection<Estimated> faces) => faces.Average(face => face.Error);

    /// <summary>The share of the estimates at most so far off.</summary>
    /// <param name="faces">At least one.</param>
    /// <param name="distance">How far.</param>
    public static double Within(IReadOnlyCollection<Estimated> faces, double distance) =>
        faces.Average(face => Math.Abs(face.Error) <= distance ? 1.0 : 0.0);

    /// <summary>How well the standard deviations fit the errors.</summary>
    /// <param name="faces">At least one.</param>
    public static DeviationFigures Deviation(IReadOnlyCollection<Estimated> faces) => new(
        faces.Average(face => Math.Abs(face.Error) <= face.StandardDeviation ? 1.0 : 0.0),
        faces.Average(face => Math.Abs(face.Error) <= 2 * face.StandardDeviation ? 1.0 : 0.0),
        faces.Average(face => face.StandardDeviation));
}

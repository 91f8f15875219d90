using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>The number that a network estimates for a face, beside the true one, in the unit of both, such as years.</summary>
/// <param name="Face">The face.</param>
/// <param name="IsFound">Whether the detector found it.</param>
/// <param name="Truth">The true number.</param>
/// <param name="Mean">The estimate.</param>
/// <param name="StandardDeviation">The network's own standard deviation.</param>
/// <param name="IsKnown">Whether that is small enough not to be "unknown".</param>
internal sealed record RegressionResult(
    LabelledFace Face, bool IsFound, double Truth, double Mean, double StandardDeviation, bool IsKnown)
{
    /// <summary>The estimate less the truth.</summary>
    public double Error => Mean - Truth;
}

/// <summary>How well standard deviations fit. Of normally distributed errors 68.3% and 95.4% were expected.</summary>
/// <param name="WithinOne">Share of the true values within one standard deviation of the estimate.</param>
/// <param name="WithinTwo">Share within two.</param>
/// <param name="Mean">Mean of the standard deviations, in the unit of the values.</param>
internal sealed record DeviationFigures(double WithinOne, double WithinTwo, double Mean);

/// <summary>How far estimates are from the truth, in the unit of both.</summary>
internal static class EstimationError
{
    /// <summary>The mean absolute error.</summary>
    /// <param name="faces">At least one.</param>
    public static double Mean(IReadOnlyCollection<RegressionResult> faces) => faces.Average(face => Math.Abs(face.Error));

    /// <summary>The mean error: above 0 if the estimates are too high.</summary>
    /// <param name="faces">At least one.</param>
    public static double Bias(IReadOnlyCollection<RegressionResult> faces) => faces.Average(face => face.Error);

    /// <summary>The share of the estimates at most so far off.</summary>
    /// <param name="faces">At least one.</param>
    /// <param name="distance">How far.</param>
    public static double Within(IReadOnlyCollection<RegressionResult> faces, double distance) =>
        faces.Average(face => Math.Abs(face.Error) <= distance ? 1.0 : 0.0);

    /// <summary>How well the standard deviations fit the errors.</summary>
    /// <param name="faces">At least one.</param>
    public static DeviationFigures Deviation(IReadOnlyCollection<RegressionResult> faces) => new(
        faces.Average(face => Math.Abs(face.Error) <= face.StandardDeviation ? 1.0 : 0.0),
        faces.Average(face => Math.Abs(face.Error) <= 2 * face.StandardDeviation ? 1.0 : 0.0),
        faces.Average(face => face.StandardDeviation));
}

using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Answers;

/// <summary>A network's estimate of a number for a face, beside the truth, in the unit of both, such as years.</summary>
/// <param name="Face">The face.</param>
/// <param name="IsFound">Whether the detector found it.</param>
/// <param name="Truth">The true number.</param>
/// <param name="Mean">The estimate.</param>
/// <param name="StandardDeviation">How unsure the network is.</param>
/// <param name="IsKnown">Whether it is sure enough to be believed.</param>
internal sealed record Estimated(
    LabelledFace Face, bool IsFound, double Truth, double Mean, double StandardDeviation, bool IsKnown)
{
    /// <summary>The estimate less the truth.</summary>
    public double Error => Mean - Truth;
}

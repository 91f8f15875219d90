namespace FaceAttributes.Evaluation.Figures;

/// <summary>What answering only when confident gives.</summary>
/// <param name="Threshold">Confidence at least.</param>
/// <param name="Coverage">Share of the faces that get an answer.</param>
/// <param name="Accuracy">Share of the answers that are right.</param>
internal sealed record RiskCoveragePoint(double Threshold, double Coverage, double Accuracy);

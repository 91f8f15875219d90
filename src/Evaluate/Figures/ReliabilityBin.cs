namespace FaceAttributes.Evaluation.Figures;

/// <summary>The faces whose confidence lies in one of equal ranges.</summary>
/// <param name="Low">Where the range starts.</param>
/// <param name="High">Where it ends.</param>
/// <param name="N">How many faces.</param>
/// <param name="Confidence">Their mean confidence; null without faces.</param>
/// <param name="Accuracy">Their accuracy; null without faces.</param>
internal sealed record ReliabilityBin(double Low, double High, int N, double? Confidence, double? Accuracy);

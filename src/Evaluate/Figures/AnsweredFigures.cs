namespace FaceAttributes.Evaluation.Figures;

/// <summary>The faces that the network, by its manifest, is sure enough of.</summary>
/// <param name="N">How many.</param>
/// <param name="Coverage">Their share.</param>
/// <param name="Value">Accuracy on them, or mean absolute error, as the parent says; null if there are none.</param>
internal sealed record AnsweredFigures(int N, double Coverage, double? Value);

namespace FaceAttributes.Evaluation.Figures;

/// <summary>A figure of a part of a test set.</summary>
/// <param name="Name">Which part.</param>
/// <param name="N">How many faces.</param>
/// <param name="Value">Accuracy from 0 to 1, or mean absolute error, as the part's parent says.</param>
internal sealed record PartFigures(string Name, int N, double Value);

namespace FaceAttributes.Evaluation.Figures;

/// <summary>What worse pictures and boxes do.</summary>
/// <param name="Set">The test set.</param>
/// <param name="Measure">"accuracy" or "mean_absolute_error".</param>
/// <param name="Corruptions">By corruption; the first is none.</param>
internal sealed record RobustnessFigures(string Set, string Measure, IReadOnlyList<PartFigures> Corruptions);

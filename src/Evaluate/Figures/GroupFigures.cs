namespace FaceAttributes.Evaluation.Figures;

/// <summary>How evenly a network treats groups of people.</summary>
/// <param name="Groups">All groups, by name.</param>
/// <param name="Mean">Mean of the groups, each counted once.</param>
/// <param name="Worst">Name of the worst group.</param>
/// <param name="WorstMinusMean">Its distance from the mean: negative for accuracy, positive for errors.</param>
internal sealed record GroupFigures(IReadOnlyList<PartFigures> Groups, double Mean, string Worst, double WorstMinusMean);

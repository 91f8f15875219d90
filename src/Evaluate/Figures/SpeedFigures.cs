namespace FaceAttributes.Evaluation.Figures;

/// <summary>How long a face takes on one core.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Runs">How many runs the medians are of.</param>
/// <param name="Batches">By number of faces.</param>
internal sealed record SpeedFigures(string Processor, int Runs, IReadOnlyList<BatchFigures> Batches);

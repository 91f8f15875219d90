namespace FaceAttributes.Evaluation.Figures;

/// <summary>How long crop and network take for so many faces of one picture at once.</summary>
/// <param name="Faces">How many.</param>
/// <param name="Milliseconds">Median of all of them.</param>
/// <param name="MillisecondsPerFace">The same for one.</param>
internal sealed record BatchFigures(int Faces, double Milliseconds, double MillisecondsPerFace);

namespace FaceAttributes.Evaluation.Figures;

/// <summary>What glasses do to the accuracy.</summary>
/// <param name="With">Faces with glasses.</param>
/// <param name="Without">Faces without.</param>
/// <param name="Gap">Accuracy with less accuracy without.</param>
internal sealed record GlassesFigures(PartFigures With, PartFigures Without, double Gap);

namespace FaceAttributes.Evaluation.Figures;

/// <summary>What the detector does to a network's figures.</summary>
/// <param name="Found">Where it found the face; null if it found none.</param>
/// <param name="Median">Where the median box stands in; null if it found all.</param>
/// <param name="FoundShare">Share of the faces that it found.</param>
/// <param name="EndToEnd">
/// Share of all faces that it found and that the network got right; null for estimates, which are not right or wrong.
/// </param>
internal sealed record BoxFigures(PartFigures? Found, PartFigures? Median, double FoundShare, double? EndToEnd);

namespace FaceAttributes.Classification;

/// <summary>What a network gives: an N × labels tensor of 32-bit floats.</summary>
/// <param name="Name">The output's name in the graph.</param>
/// <param name="Kind">What the numbers are.</param>
public sealed record ModelOutput(string Name, OutputKind Kind);

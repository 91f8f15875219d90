namespace FaceAttributes;

/// <summary>How long the stages of one <see cref="FacePipeline.Process"/> took.</summary>
/// <param name="Detect">Making the grey picture and finding the faces.</param>
/// <param name="Classify">Cropping the faces and running all networks.</param>
/// <param name="Total">Everything.</param>
public readonly record struct PipelineTimings(TimeSpan Detect, TimeSpan Classify, TimeSpan Total);

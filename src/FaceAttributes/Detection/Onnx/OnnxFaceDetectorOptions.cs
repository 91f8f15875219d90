namespace FaceAttributes.Detection.Onnx;

/// <summary>Settings of <see cref="OnnxFaceDetector"/>.</summary>
public sealed record OnnxFaceDetectorOptions
{
    /// <summary>A good <see cref="DoubtfulScore"/> where a tracker follows the faces.</summary>
    public const double TrackedDoubtfulScore = 0.4;

    /// <summary>The smallest <see cref="InputSize"/>.</summary>
    public const int LeastInputSize = 64;

    /// <summary>The largest <see cref="InputSize"/>.</summary>
    public const int MostInputSize = 2048;

    /// <summary>The score from which on a face is one, above 0 and below 1; null: what the manifest says.</summary>
    public double? ScoreThreshold { get; init; }

    /// <summary>
    /// The score, above 0 and below 1, from which on to report what may be a face: a tracker believes it where it follows one
    /// (<see cref="IFaceDetector.CertainScore"/>). Null: as <see cref="ScoreThreshold"/>, nothing doubtful is reported.
    /// </summary>
    public double? DoubtfulScore { get; init; }

    /// <summary>
    /// The intersection over union, from 0 to 1, up to which two boxes are two faces; null: what the manifest says.
    /// </summary>
    public double? NmsThreshold { get; init; }

    /// <summary>
    /// The longer side, in pixels, to which a picture is brought for the network, from 64 to 2048: larger finds smaller faces
    /// and takes longer. Null: what the manifest says. A network that takes one size only takes no other here.
    /// </summary>
    public int? InputSize { get; init; }

    /// <summary>
    /// Smallest face, relative to the picture's shorter side, from 0 to 1. Of what is smaller than the default, 14 pixels in a
    /// picture of 640×480, every second one is no face.
    /// </summary>
    public double MinSize { get; init; } = 0.03;
}

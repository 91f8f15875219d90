namespace FaceAttributes.Tracking;

/// <summary>Settings of <see cref="FaceTracker"/>.</summary>
public sealed record FaceTrackerOptions
{
    /// <summary>
    /// Overlap (intersection over union) of a face with its place in the last frame from which on it is the same face.
    /// Above 0, at most 1.
    /// </summary>
    public double MinOverlap { get; init; } = 0.3;

    /// <summary>Frames in a row in which a face may be missing and still keep its id. At least 0.</summary>
    public int MaxMissedFrames { get; init; } = 5;
}

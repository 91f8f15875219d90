using OpenCvSharp;

namespace FaceAttributes.Detection;

/// <summary>Where a detector sees a face, and how sure it is.</summary>
/// <param name="Box">The face in pixels, inside the picture.</param>
/// <param name="Score">From 0 to 1; comparable between detections of one detector, not between detectors.</param>
public readonly record struct FaceDetection(Rect Box, float Score);

using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Geometry;

namespace FaceAttributes.Detection;

/// <summary>Where a detector sees a face, and how sure it is.</summary>
/// <param name="Box">The face in pixels of the image; may leave it.</param>
/// <param name="Score">From 0 to 1; comparable between detections of one detector, not between detectors.</param>
/// <param name="Landmarks">Points of the face; null from a detector that finds none.</param>
/// <param name="Appearance">What it looks like, for the tracker; null where nobody has looked. No detector does.</param>
public readonly record struct FaceDetection(
    Box Box, float Score, FaceLandmarks? Landmarks = null, FaceAppearance? Appearance = null) : IScoredBox;

/// <summary>
/// The points of a face that every detector with landmarks gives, in pixels of the image; right and left are the person's own.
/// </summary>
/// <param name="RightEye">Centre of the right eye.</param>
/// <param name="LeftEye">Centre of the left eye.</param>
/// <param name="Nose">Tip of the nose.</param>
/// <param name="Mouth">Centre of the mouth; from a detector that gives its corners, half-way between them.</param>
public readonly record struct FaceLandmarks(Point2f RightEye, Point2f LeftEye, Point2f Nose, Point2f Mouth);

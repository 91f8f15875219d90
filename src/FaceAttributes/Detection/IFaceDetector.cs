using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Detection;

/// <summary>Finds faces in an image. Used by one thread at a time; changes nothing that other code could notice.</summary>
public interface IFaceDetector : IDisposable
{
    /// <summary>What the detector is called in parameters, logs and diagnostics.</summary>
    string Name { get; }

    /// <summary>
    /// Score from which on a detection is believed by itself. Those below it are doubtful: believed only where a face is
    /// followed already.
    /// </summary>
    float CertainScore => 0;

    /// <summary>
    /// What one <see cref="DetectNear"/> costs, as a part of what a search of the whole image costs; 1 where it saves nothing.
    /// </summary>
    float NearCost { get; }

    /// <summary>Finds the faces in a part of an image.</summary>
    /// <param name="frame">The image; not changed.</param>
    /// <param name="region">Where to look, in pixels; inside the image.</param>
    /// <param name="detections">
    /// Emptied and filled with the faces in pixels of the whole image, in no particular order. The caller's.
    /// </param>
    void Detect(ImageFrame frame, Rect region, List<FaceDetection> detections);

    /// <summary>Looks again for a face that was seen a moment ago, near its place and of about its size.</summary>
    /// <param name="frame">The image; not changed.</param>
    /// <param name="expected">Where the face is expected, in pixels; may leave the image.</param>
    /// <param name="detections">Emptied and filled as by <see cref="Detect"/>; may hold neighbours of the face. The caller's.</param>
    void DetectNear(ImageFrame frame, in Box expected, List<FaceDetection> detections);
}

/// <summary>What every detector can do besides.</summary>
public static class FaceDetectorExtensions
{
    /// <summary>Finds all faces of an image.</summary>
    /// <inheritdoc cref="IFaceDetector.Detect"/>
    public static void Detect(this IFaceDetector detector, ImageFrame frame, List<FaceDetection> detections)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(frame);
        detector.Detect(frame, new Rect(0, 0, frame.Width, frame.Height), detections);
    }
}

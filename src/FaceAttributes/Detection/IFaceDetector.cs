using Vision.Imaging;

namespace FaceAttributes.Detection;

/// <summary>Finds faces in a picture. Used by one thread at a time.</summary>
public interface IFaceDetector : IDisposable
{
    /// <summary>What the detector is called in logs and diagnostics.</summary>
    string Name { get; }

    /// <summary>Finds all faces.</summary>
    /// <param name="frame">The picture; not changed.</param>
    /// <param name="detections">Emptied and filled, in no particular order. The caller's.</param>
    void Detect(ImageFrame frame, List<FaceDetection> detections);
}

using FaceAttributes.Detection;
using FaceAttributes.Detection.Haar;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Benchmarks;

/// <summary>What oarriaga/face_classification does: OpenCV's detectMultiScale(gray, 1.3, 5) with the default cascade.</summary>
internal sealed class ReferenceDetector : IFaceDetector
{
    private readonly CascadeClassifier _cascade =
        new(Path.Combine(HaarCascadeDetector.UsualFolders[0], "haarcascade_frontalface_default.xml"));

    public string Name => "reference";

    public void Detect(ImageFrame frame, Rect region, List<FaceDetection> detections)
    {
        detections.Clear();
        foreach (var box in _cascade.DetectMultiScale(frame.Gray, 1.3, 5))
            detections.Add(new FaceDetection(Box.From(box), 1));
    }

    public void Dispose() => _cascade.Dispose();
}

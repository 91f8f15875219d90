using FaceAttributes.Detection;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Tests.Detection;

/// <summary>What a detector finds in a picture.</summary>
internal static class Detections
{
    public static FaceDetection[] Detect(IFaceDetector detector, string photograph, int width)
    {
        using var picture = Cv2.ImRead(photograph);
        using var sized = picture.Resize(
            new Size(width, picture.Height * width / picture.Width), 0, 0, InterpolationFlags.Area);
        return Detect(detector, sized);
    }

    public static FaceDetection[] Detect(IFaceDetector detector, Mat picture)
    {
        using var frame = new ImageFrame();
        frame.Set(picture);
        List<FaceDetection> detections = [default];
        detector.Detect(frame, detections);
        return [.. detections];
    }
}

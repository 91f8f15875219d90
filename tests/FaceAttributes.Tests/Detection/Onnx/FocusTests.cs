using FaceAttributes.Detection.Onnx;
using OpenCvSharp;
using static FaceAttributes.Tests.Detection.Detections;

namespace FaceAttributes.Tests.Detection.Onnx;

/// <summary>Pictures out of focus, for a network that takes any size.</summary>
[TestFixture]
public sealed class FocusTests
{
    // As large as they are, UltraFace finds neither.
    [TestCase("astronaut.png", 640, 6, 138)]
    [TestCase("grace_hopper.jpg", 320, 7, 153)]
    public void A_face_out_of_focus_is_found(string photograph, int side, double deviation, int width)
    {
        using var detector = OnnxFaceDetector.Load(TestFiles.Detector("ultraface"));
        using var sharp = Cv2.ImRead(Photographs.Named(photograph));
        using var picture = sharp.Resize(new Size(side, sharp.Height * side / sharp.Width), 0, 0, InterpolationFlags.Area);
        Cv2.GaussianBlur(picture, picture, new Size(), deviation);
        Assert.That(Detect(detector, picture).Select(face => face.Box.Width), Has.Some.EqualTo(width).Within(20).Percent);
    }
}

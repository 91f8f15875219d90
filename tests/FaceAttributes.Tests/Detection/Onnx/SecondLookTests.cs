using FaceAttributes.Detection.Onnx;
using OpenCvSharp;
using static FaceAttributes.Tests.Detection.Detections;

namespace FaceAttributes.Tests.Detection.Onnx;

/// <summary>Pictures that are looked at half as large, too, for a network that takes any size.</summary>
[TestFixture]
public sealed class SecondLookTests
{
    private static readonly Rect Face = new(150, 84, 229, 229); // Of grace_hopper.jpg, by OpenCV's own cascade.

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

    // As large as they are, enlarged to 480 pixels, UltraFace finds nothing in them.
    [TestCase("astronaut.png", 170, 70, 115, 64)]
    [TestCase("astronaut.png", 170, 70, 115, 48)]
    [TestCase("grace_hopper.jpg", 150, 84, 229, 48)]
    public void A_small_picture_of_a_face_alone_has_one_face(string photograph, int left, int top, int side, int pixels)
    {
        using var detector = OnnxFaceDetector.Load(TestFiles.Detector("ultraface"), new OnnxFaceDetectorOptions { InputSize = 480 });
        using var whole = Cv2.ImRead(Photographs.Named(photograph));
        using var face = whole[new Rect(left, top, side, side)];
        using var picture = face.Resize(new Size(pixels, pixels), 0, 0, InterpolationFlags.Area);
        Assert.That(Detect(detector, picture).Select(found => found.Box.Width), Is.EqualTo(new[] { (float)pixels }).Within(15).Percent);
    }

    // As large as they are, UltraFace sees two or three faces in each of the last three, a third as wide, with scores up to 1.
    [TestCase(50)]
    [TestCase(65)]
    [TestCase(80)]
    [TestCase(95)]
    public void A_face_that_fills_the_picture_is_one_face(int percentOfWidth)
    {
        using var detector = OnnxFaceDetector.Load(TestFiles.Detector("ultraface"), new OnnxFaceDetectorOptions { InputSize = 480 });
        using var photograph = Cv2.ImRead(Photographs.Named("grace_hopper.jpg"));
        var width = Face.Width * 100 / percentOfWidth;
        var height = width * 3 / 4;
        using var part = photograph[new Rect(Face.X + (Face.Width - width) / 2, Face.Y + (Face.Height - height) / 2, width, height)];
        using var picture = part.Resize(new Size(640, 480), 0, 0, InterpolationFlags.Cubic);
        Assert.That(Detect(detector, picture).Select(face => face.Box.Width),
            Is.EqualTo(new[] { 6.4f * percentOfWidth }).Within(15).Percent);
    }
}

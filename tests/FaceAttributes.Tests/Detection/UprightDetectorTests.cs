using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Detection.Onnx;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Tests.Detection;

/// <summary>A camera that is mounted sideways or upside down.</summary>
[TestFixture]
public sealed class UprightDetectorTests
{
    private static readonly Turn[] RealTurns = [Turn.Right, Turn.Half, Turn.Left];

    [TestCaseSource(nameof(RealTurns))]
    public void A_face_is_found_in_the_cameras_picture(Turn upright)
    {
        using var picture = Cv2.ImRead(Photographs.GraceHopper);
        var size = picture.Size();
        using var detector = new UprightDetector(OnnxFaceDetector.Load(TestFiles.Detector("blazeface")));
        var expected = Detect(detector, picture, Turn.None).Single();

        using var mounted = new Mat();
        OpenCv.Rotate(picture, mounted, upright.Back());
        var found = Detect(detector, mounted, upright).Single();
        var toCamera = upright.Back();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Box.IntersectionOverUnion(toCamera.Apply(expected.Box, size)), Is.GreaterThan(0.99));
            Assert.That(
                Point2f.Distance(found.Landmarks!.Value.LeftEye, toCamera.Apply(expected.Landmarks!.Value.LeftEye, size)), Is.LessThan(1));
            Assert.That(
                Point2f.Distance(found.Landmarks!.Value.Mouth, toCamera.Apply(expected.Landmarks!.Value.Mouth, size)), Is.LessThan(1));
        }
    }

    [TestCaseSource(nameof(RealTurns))]
    public void Only_the_region_of_the_cameras_picture_is_looked_at(Turn upright)
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var mounted = new Mat();
        OpenCv.Rotate(picture, mounted, upright.Back());
        using var detector = new UprightDetector(OnnxFaceDetector.Load(TestFiles.Detector("ultraface")));
        using var frame = new ImageFrame { Upright = upright };
        frame.Set(mounted);
        List<FaceDetection> around = [], beside = [];
        var face = upright.Back().Apply(new Box(130, 20, 200, 200), picture.Size()).ToRect();
        detector.Detect(frame, face, around);
        detector.Detect(frame, upright.Back().Apply(new Box(0, 256, 512, 256), picture.Size()).ToRect(), beside);
        Assert.That(around, Has.Count.EqualTo(1));
        Assert.That(Box.From(face).Intersect(around[0].Box).Area, Is.EqualTo(around[0].Box.Area).Within(1));
        Assert.That(beside, Is.Empty);
        Assert.That(Allocations.Of(() => detector.Detect(frame, face, around)), Is.Zero);
    }

    [TestCaseSource(nameof(RealTurns))]
    public void The_crop_of_a_face_is_upright(Turn upright)
    {
        using var picture = TestPictures.ColorPattern(1, 90, 60);
        using var mounted = new Mat();
        OpenCv.Rotate(picture, mounted, upright.Back());
        var input = new ModelInput("face", 24, 32, ChannelOrder.Rgb, 0, 255);
        var box = new Box(70.25f, -3.5f, 31, 40.5f);
        var expected = Crop(input, picture, Turn.None, box);
        var crop = Crop(input, mounted, upright, upright.Back().Apply(box, picture.Size()));
        Assert.That(crop.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(0.01));
    }

    [Test]
    public void Turning_back_undoes_a_turn([Values] Turn turn)
    {
        var (box, size) = (new Box(3, 4, 20, 30), new Size(100, 70));
        var turned = turn.Apply(box, size);
        Assert.That(turn.Back().Apply(turned, turn.Apply(size)), Is.EqualTo(box));
        var corner = turn.Apply(new Point2f(box.X, box.Y), size);
        Assert.That(corner.X == turned.X || corner.X == turned.Right);
        Assert.That(corner.Y == turned.Y || corner.Y == turned.Bottom);
    }

    private static float[] Crop(ModelInput input, Mat picture, Turn upright, Box box)
    {
        using var frame = new ImageFrame { Upright = upright };
        frame.Set(picture);
        var crop = new float[input.Length];
        new FaceCrop(input, 0.1f).Write(frame, box, crop);
        return crop;
    }

    private static FaceDetection[] Detect(UprightDetector detector, Mat picture, Turn upright)
    {
        using var frame = new ImageFrame { Upright = upright };
        frame.Set(picture);
        List<FaceDetection> detections = [];
        detector.Detect(frame, detections);
        return [.. detections];
    }
}

using FaceAttributes.Detection;
using FaceAttributes.Detection.Onnx;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;
using Vision.Inference;
using static FaceAttributes.Tests.Detection.Detections;

namespace FaceAttributes.Tests.Detection.Onnx;

/// <summary>The networks that the program comes with, each with its manifest.</summary>
[TestFixtureSource(typeof(TestFiles), nameof(TestFiles.Detectors))]
public sealed class OnnxFaceDetectorTests(string manifest)
{
    // Centres and widths of the cascade's boxes in the photographs at 512 pixels of width, checked by eye.
    [TestCase("astronaut.png", 222, 116, 100)]
    [TestCase("grace_hopper.jpg", 268, 205, 240)]
    public void The_face_of_a_portrait_is_found_where_it_is_and_framed_as_the_cascade_does(string photograph, int x, int y, int width)
    {
        using var detector = OnnxFaceDetector.Load(manifest);
        foreach (var side in new[] { 512, 240 })
        {
            var face = Detect(detector, Photographs.Named(photograph), side).Single();
            var scale = side / 512f;
            using (Assert.EnterMultipleScope())
            {
                Assert.That(face.Box.CenterX, Is.EqualTo(x * scale).Within(width * scale / 8));
                Assert.That(face.Box.CenterY, Is.EqualTo(y * scale).Within(width * scale / 8));
                Assert.That(face.Box.Width, Is.EqualTo(width * scale).Within(20).Percent);
                Assert.That(face.Box.Height, Is.EqualTo(face.Box.Width).Within(0.01));
                Assert.That(face.Score, Is.InRange(0.6f, 1));
            }
        }
    }

    [TestCase("astronaut.png")]
    [TestCase("grace_hopper.jpg")]
    public void Landmarks_are_where_a_persons_own_right_and_left_are(string photograph)
    {
        using var detector = OnnxFaceDetector.Load(manifest);
        var face = Detect(detector, Photographs.Named(photograph), 512).Single();
        Assert.That(face.Landmarks is not null, Is.EqualTo(!manifest.Contains("ultraface", StringComparison.Ordinal)), "all but ultraface give them");
        if (face.Landmarks is not { } points)
            return;
        var box = face.Box;
        using (Assert.EnterMultipleScope())
        {
            // The person's right is on the left of the picture.
            Assert.That((points.RightEye.X - box.X) / box.Width, Is.InRange(0.15f, 0.45f));
            Assert.That((points.LeftEye.X - box.X) / box.Width, Is.InRange(0.55f, 0.85f));
            Assert.That((points.RightEye.Y - box.Y) / box.Height, Is.InRange(0.25f, 0.55f));
            Assert.That((points.LeftEye.Y - box.Y) / box.Height, Is.InRange(0.25f, 0.55f));
            Assert.That((points.Nose.X - box.X) / box.Width, Is.InRange(0.3f, 0.7f));
            Assert.That(points.Nose.Y, Is.GreaterThan(points.LeftEye.Y).And.LessThan(points.Mouth.Y));
            Assert.That((points.Mouth.Y - box.Y) / box.Height, Is.InRange(0.65f, 0.95f));
        }
    }

    [Test]
    public void A_picture_without_a_face_has_none()
    {
        using var detector = OnnxFaceDetector.Load(manifest);
        using var gray = new Mat(240, 320, MatType.CV_8UC1, Scalar.All(128));
        Assert.That(Detect(detector, gray), Is.Empty);
        using var noise = new Mat(240, 320, MatType.CV_8UC1);
        Cv2.SetTheRNG(1);
        Cv2.Randu(noise, Scalar.All(0), Scalar.All(255));
        Assert.That(Detect(detector, noise), Is.Empty);
    }

    // Of so many sizes not all are kept at hand.
    [Test]
    public void Pictures_of_many_shapes_are_looked_at_as_before_when_they_come_again()
    {
        using var detector = OnnxFaceDetector.Load(manifest);
        using var photograph = Cv2.ImRead(Photographs.Named("astronaut.png"), ImreadModes.Grayscale);
        var shapes = Enumerable.Range(0, 20).Select(i => new Rect(0, 0, 512, 512 - 16 * i)).ToList();
        var first = shapes.Select(Faces).ToList();
        Assert.That(first, Is.All.Not.Empty);
        Assert.That(shapes.Select(Faces), Is.EqualTo(first));

        FaceDetection[] Faces(Rect shape)
        {
            using var part = new Mat(photograph, shape);
            using var picture = part.Clone();
            return Detect(detector, picture);
        }
    }

    [TestCase(1, 1)]
    [TestCase(19, 400)]
    [TestCase(2000, 3)]
    public void A_picture_of_an_odd_shape_is_no_problem(int width, int height)
    {
        using var detector = OnnxFaceDetector.Load(manifest);
        using var gray = new Mat(height, width, MatType.CV_8UC1, Scalar.All(77));
        Assert.That(Detect(detector, gray), Is.Empty);
    }

    [Test]
    public void Only_the_region_is_looked_at()
    {
        using var detector = OnnxFaceDetector.Load(manifest);
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        List<FaceDetection> whole = [], around = [], beside = [], nowhere = [default];
        detector.Detect(frame, whole);
        detector.Detect(frame, new Rect(130, 20, 200, 200), around);
        detector.Detect(frame, new Rect(0, 256, 512, 256), beside);
        detector.Detect(frame, new Rect(40, 40, 0, 10), nowhere);
        Assert.That(around.Single().Box.IntersectionOverUnion(whole.Single().Box), Is.GreaterThan(0.7));
        Assert.That(beside.Concat(nowhere), Is.Empty);
    }

    [Test]
    public void A_known_face_is_found_again_near_its_place()
    {
        using var detector = OnnxFaceDetector.Load(manifest);
        using var frame = new ImageFrame();
        List<FaceDetection> found = [], near = [];
        foreach (var side in new[] { 80, 200, 512, 1200 })
        {
            using var picture = Cv2.ImRead(Photographs.Astronaut);
            using var sized = picture.Resize(new Size(side, side), 0, 0, InterpolationFlags.Area);
            frame.Set(sized);
            detector.Detect(frame, found);
            var face = found.MaxBy(face => face.Score).Box;
            foreach (var (right, down, scale) in new[] { (0.3f, 0.2f, 1.1f), (-0.3f, 0.1f, 0.9f), (0, -0.4f, 1) })
            {
                var expected = Box.Square(face.CenterX + right * face.Width, face.CenterY + down * face.Width, scale * face.Width);
                detector.DetectNear(frame, expected, near);
                Assert.That(near.Max(other => other.Box.IntersectionOverUnion(face)), Is.GreaterThan(0.65), $"{side} {right}");
            }

            detector.DetectNear(frame, new Box(0.8f * side, 0.8f * side, face.Width, face.Width), near);
            Assert.That(near, Is.Empty);
            detector.DetectNear(frame, new Box(-900, 20, 50, 50), near);
            Assert.That(near, Is.Empty);
            Assert.That(Allocations.Of(() => detector.DetectNear(frame, face, near)), Is.Zero);
        }
    }

    [TestCase(42)]
    [TestCase(50)]
    public void A_face_that_is_found_by_enlarging_is_found_again_likewise(int side)
    {
        if (!manifest.Contains("ultraface", StringComparison.Ordinal))
            Assert.Pass("A network of one input size sees all near a face at its own size.");
        using var detector = OnnxFaceDetector.Load(manifest);
        using var scene = new Mat(240, 320, MatType.CV_8UC3, Scalar.All(90));
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var place = new Mat(scene, new Rect(100, 80, side, side));
        Cv2.Resize(picture, place, place.Size(), 0, 0, InterpolationFlags.Area);
        using var frame = new ImageFrame();
        frame.Set(scene);
        List<FaceDetection> found = [], near = [];
        detector.Detect(frame, found);
        var face = found.Single().Box;
        detector.DetectNear(frame, face, near);
        Assert.That(near.Single().Box.IntersectionOverUnion(face), Is.GreaterThan(0.5));
    }

    [Test]
    public void What_leaves_the_picture_of_a_region_is_not_looked_at()
    {
        using var detector = OnnxFaceDetector.Load(manifest);
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        List<FaceDetection> found = [];
        detector.Detect(frame, new Rect(-100, -200, 700, 800), found);
        Assert.That(found, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_face_does_not_jump_while_it_comes_nearer()
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var detector = OnnxFaceDetector.Load(manifest);
        List<double> widths = [];
        for (var width = 300; width < 450; width += 7)
        {
            using var sized = picture.Resize(new Size(width, width), 0, 0, InterpolationFlags.Area);
            widths.Add(Detect(detector, sized).MaxBy(face => face.Score).Box.Width / (double)width);
        }

        Assert.That(widths.Max() / widths.Min(), Is.LessThan(1.1));
    }

    [Test]
    public void Faces_smaller_than_asked_for_are_left_out()
    {
        using var detector = OnnxFaceDetector.Load(manifest, new OnnxFaceDetectorOptions { MinSize = 0.4 });
        Assert.That(Detect(detector, Photographs.Astronaut, 512), Is.Empty);
    }

    [Test]
    public void A_higher_threshold_finds_less()
    {
        using var lenient = OnnxFaceDetector.Load(manifest, new OnnxFaceDetectorOptions { ScoreThreshold = 0.05, NmsThreshold = 1 });
        using var severe = OnnxFaceDetector.Load(manifest, new OnnxFaceDetectorOptions { ScoreThreshold = 0.9 });
        Assert.That(Detect(lenient, Photographs.Astronaut, 512), Has.Length.GreaterThan(3));
        Assert.That(Detect(severe, Photographs.Astronaut, 512), Has.Length.LessThanOrEqualTo(1));
    }

    [Test]
    public void The_frame_is_left_as_it_was()
    {
        using var detector = OnnxFaceDetector.Load(manifest);
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        using var before = frame.Bgr.Clone();
        detector.Detect(frame, []);
        Assert.That(Cv2.Norm(before, frame.Bgr), Is.Zero);
    }

    [Test]
    public void A_warm_call_allocates_nothing_also_for_parts_of_the_picture()
    {
        using var detector = OnnxFaceDetector.Load(manifest);
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var frame = new ImageFrame();
        List<FaceDetection> detections = [];
        frame.Set(picture);
        Assert.That(Allocations.Of(() => detector.Detect(frame, detections)), Is.Zero);
        Assert.That(Allocations.Of(() => detector.Detect(frame, new Rect(130, 20, 200, 200), detections)), Is.Zero);
    }

    private static IEnumerable<TestCaseData> WrongOptions()
    {
        yield return new TestCaseData(new OnnxFaceDetectorOptions { ScoreThreshold = 1 }, "ScoreThreshold is 1; it must be above 0 and below 1.");
        yield return new TestCaseData(new OnnxFaceDetectorOptions { NmsThreshold = double.NaN }, "NmsThreshold is NaN; it must be from 0 to 1.");
        yield return new TestCaseData(new OnnxFaceDetectorOptions { InputSize = 9 }, "InputSize is 9; it must be from 64 to 2048.");
        yield return new TestCaseData(new OnnxFaceDetectorOptions { MinSize = -0.1 }, "MinSize is -0.1; it must be from 0 to 1.");
    }

    [TestCaseSource(nameof(WrongOptions))]
    public void An_option_out_of_range_is_named(OnnxFaceDetectorOptions options, string message) =>
        Assert.That(
            () => OnnxFaceDetector.Load(manifest, options),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(message));

    [Test]
    public void Another_network_is_refused_in_one_sentence()
    {
        var other = ModelFile.Of(TestFiles.Model("rgb_logits.onnx"));
        Assert.That(
            () => new OnnxFaceDetector(DetectorManifest.Load(manifest) with { Model = other }),
            Throws.TypeOf<ModelException>().With.Message.Contains("rgb_logits.onnx").And.Message.Not.Contains("\n"));
        Assert.That(() => ModelFile.Of("/nowhere/face.onnx"), Throws.TypeOf<ModelException>().With.Message.EqualTo(
            "Model /nowhere/face.onnx cannot be read; name an existing ONNX file."));
    }
}

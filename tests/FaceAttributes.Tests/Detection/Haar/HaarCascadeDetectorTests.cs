using FaceAttributes.Detection;
using FaceAttributes.Detection.Haar;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;
using static FaceAttributes.Tests.Detection.Detections;

namespace FaceAttributes.Tests.Detection.Haar;

[TestFixture]
public sealed class HaarCascadeDetectorTests
{
    // Centres and widths of the faces in the photographs at 512 pixels of width, checked by eye.
    [TestCase("astronaut.png", 222, 116, 100)]
    [TestCase("grace_hopper.jpg", 268, 205, 240)]
    public void The_face_of_a_portrait_is_found_where_it_is(string photograph, int x, int y, int width)
    {
        using var detector = new HaarCascadeDetector();
        var face = Detect(detector, Photographs.Named(photograph), 512).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(face.Box.X + face.Box.Width / 2, Is.EqualTo(x).Within(width / 6));
            Assert.That(face.Box.Y + face.Box.Height / 2, Is.EqualTo(y).Within(width / 6));
            Assert.That(face.Box.Width, Is.EqualTo(width).Within(25).Percent);
            Assert.That(face.Score, Is.InRange(0.2f, 1));
        }
    }

    [Test]
    public void A_portrait_of_the_size_of_peppers_camera_is_no_problem()
    {
        using var detector = new HaarCascadeDetector();
        Assert.That(Detect(detector, Photographs.Astronaut, 240), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_picture_without_a_face_has_none()
    {
        using var detector = new HaarCascadeDetector();
        using var gray = new Mat(240, 320, MatType.CV_8UC1, Scalar.All(128));
        Assert.That(Detect(detector, gray), Is.Empty);
        using var noise = new Mat(240, 320, MatType.CV_8UC1);
        Cv2.SetTheRNG(1);
        Cv2.Randu(noise, Scalar.All(0), Scalar.All(255));
        Assert.That(Detect(detector, noise), Is.Empty);
    }

    [TestCase(1, 1)]
    [TestCase(19, 400)]
    [TestCase(400, 10)]
    public void A_picture_smaller_than_a_face_has_none(int width, int height)
    {
        using var detector = new HaarCascadeDetector();
        using var gray = new Mat(height, width, MatType.CV_8UC1, Scalar.All(77));
        Assert.That(Detect(detector, gray), Is.Empty);
    }

    [TestCase("astronaut.png", 512)]
    [TestCase("astronaut.png", 240)]
    [TestCase("grace_hopper.jpg", 512)]
    [TestCase("grace_hopper.jpg", 200)]
    public void Boxes_are_where_opencvs_dense_search_finds_them(string photograph, int width)
    {
        using var picture = Cv2.ImRead(Photographs.Named(photograph), ImreadModes.Grayscale);
        using var sized = picture.Resize(new Size(width, width), 0, 0, InterpolationFlags.Area);
        using var cascade = new CascadeClassifier(
            Path.Combine(HaarCascadeDetector.UsualFolders[0], HaarCascadeDetector.DefaultCascade));
        var expected = cascade.DetectMultiScale(sized, 1.05, 10).Single();
        using var detector = new HaarCascadeDetector();
        var box = Detect(detector, sized).Single().Box;
        Assert.That(box.IntersectionOverUnion(Box.From(expected)), Is.GreaterThan(0.75));
    }

    [Test]
    public void A_face_does_not_jump_while_it_comes_nearer()
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut, ImreadModes.Grayscale);
        using var detector = new HaarCascadeDetector();
        List<double> widths = [];
        for (var width = 300; width < 450; width += 7)
        {
            using var sized = picture.Resize(new Size(width, width), 0, 0, InterpolationFlags.Area);
            widths.Add(Detect(detector, sized).Single().Box.Width / (double)width);
        }

        Assert.That(widths.Max() / widths.Min(), Is.LessThan(1.2));
    }

    [Test]
    public void Faces_outside_of_the_asked_sizes_are_not_looked_for()
    {
        using var large = new HaarCascadeDetector(new HaarCascadeOptions { MinSize = 0.4 });
        Assert.That(Detect(large, Photographs.Astronaut, 512), Is.Empty);
        using var small = new HaarCascadeDetector(new HaarCascadeOptions { MaxSize = 0.1 });
        Assert.That(Detect(small, Photographs.Astronaut, 512), Is.Empty);
    }

    [Test]
    public void Boxes_are_as_large_as_asked_for([Values(0.03, 0.06, 0.1)] double maxSize)
    {
        using var detector = new HaarCascadeDetector(new HaarCascadeOptions { MinSize = 0.03, MaxSize = maxSize });
        using var photograph = Cv2.ImRead(Photographs.Scene("solvay1927.jpg"));
        foreach (var face in Detect(detector, photograph))
            Assert.That(face.Box.Width / photograph.Height, Is.InRange(0.03f, (float)maxSize));
    }

    [Test]
    public void Only_the_region_is_looked_at()
    {
        using var detector = new HaarCascadeDetector();
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        List<FaceDetection> whole = [], around = [], beside = [];
        detector.Detect(frame, whole);
        detector.Detect(frame, new Rect(130, 20, 200, 200), around);
        detector.Detect(frame, new Rect(0, 256, 512, 256), beside);
        Assert.That(around.Single().Box.IntersectionOverUnion(whole.Single().Box), Is.GreaterThan(0.7));
        Assert.That(beside, Is.Empty);
    }

    [Test]
    public void Opencvs_own_threads_are_left_alone()
    {
        var before = Cv2.GetNumThreads();
        using var detector = new HaarCascadeDetector();
        _ = Detect(detector, Photographs.Astronaut, 240);
        Assert.That(Cv2.GetNumThreads(), Is.EqualTo(before));
    }

    [Test]
    public void A_dim_portrait_is_found_with_equalised_histogram()
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut, ImreadModes.Grayscale);
        using var dim = new Mat();
        picture.ConvertTo(dim, MatType.CV_8UC1, 0.1, 3);
        using var detector = new HaarCascadeDetector(new HaarCascadeOptions { EqualizeHistogram = true });
        Assert.That(Detect(detector, dim), Has.Length.EqualTo(1));
    }

    [Test]
    public void The_frame_is_left_as_it_was()
    {
        using var detector = new HaarCascadeDetector(new HaarCascadeOptions { EqualizeHistogram = true });
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        using var before = frame.Gray.Clone();
        detector.Detect(frame, []);
        Assert.That(Cv2.Norm(before, frame.Gray), Is.Zero);
    }

    [Test]
    public void A_warm_call_allocates_nothing()
    {
        using var detector = new HaarCascadeDetector();
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var frame = new ImageFrame();
        List<FaceDetection> detections = [];
        frame.Set(picture);
        Assert.That(Allocations.Of(() => detector.Detect(frame, detections)), Is.Zero);
    }

    [Test]
    public void A_missing_cascade_is_named_with_its_package() =>
        Assert.That(
            () => new HaarCascadeDetector(new HaarCascadeOptions { CascadePath = "/nowhere/face.xml" }),
            Throws.TypeOf<FileNotFoundException>().With.Message.EqualTo(
                "Cascade /nowhere/face.xml does not exist; install the package opencv-data or name another file."));

    [Test]
    public void A_file_that_is_no_cascade_is_named() =>
        Assert.That(
            () => new HaarCascadeDetector(new HaarCascadeOptions { CascadePath = TestFiles.RgbLogits }),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(
                $"{TestFiles.RgbLogits} is not a cascade that OpenCV can read; name another cascade file."));

    private static IEnumerable<TestCaseData> WrongOptions()
    {
        yield return new TestCaseData(new HaarCascadeOptions { ScaleFactor = 1 }, "ScaleFactor is 1; it must be above 1 and at most 10.");
        yield return new TestCaseData(new HaarCascadeOptions { ScaleFactor = double.NaN }, "ScaleFactor is NaN; ");
        yield return new TestCaseData(new HaarCascadeOptions { MinNeighbors = 0 }, "MinNeighbors is 0; it must be 1 or more.");
        yield return new TestCaseData(new HaarCascadeOptions { MinSize = -0.1 }, "MinSize is -0.1; it must be from 0 to 1.");
        yield return new TestCaseData(new HaarCascadeOptions { MinSize = 0.5, MaxSize = 0.4 }, "MaxSize is 0.4; it must be from MinSize to 1, and above 0.");
    }

    [TestCaseSource(nameof(WrongOptions))]
    public void An_option_out_of_range_is_named(HaarCascadeOptions options, string message) =>
        Assert.That(
            () => new HaarCascadeDetector(options),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(message));
}

using FaceAttributes.Detection;
using FaceAttributes.Detection.Haar;
using FaceAttributes.Detection.Onnx;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;
using static FaceAttributes.Tests.Detection.Detections;

namespace FaceAttributes.Tests.Detection;

[TestFixture]
public sealed class BrighteningDetectorTests
{
    private static IEnumerable<TestCaseData> Detectors() =>
    [
        .. TestFiles.Detectors().Select(path => new TestCaseData(() => OnnxFaceDetector.Load(path)).SetArgDisplayNames(Path.GetFileName(path))),
        new TestCaseData(() => new HaarCascadeDetector()).SetArgDisplayNames("haar"),
    ];

    [TestCaseSource(nameof(Detectors))]
    public void A_face_in_a_dark_room_is_found_where_it_is_in_the_light(Func<IFaceDetector> create)
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var dark = Darkened(picture, 0.05);
        using var bare = create();
        using var detector = new BrighteningDetector(create());
        var inTheLight = Detect(bare, picture).Single();
        Assert.That(Detect(detector, dark).Single().Box.IntersectionOverUnion(inTheLight.Box), Is.GreaterThan(0.7));
    }

    [TestCaseSource(nameof(Detectors))]
    public void A_lamp_in_a_dark_room_does_not_hide_the_face(Func<IFaceDetector> create)
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var dark = Darkened(picture, 0.15);
        Cv2.Rectangle(dark, new Rect(0, 0, 60, 60), Scalar.All(255), -1);
        using var detector = new BrighteningDetector(create());
        Assert.That(Detect(detector, dark), Has.Length.EqualTo(1));
    }

    [Test]
    public void Without_it_the_default_detector_sees_nothing_there()
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var dark = Darkened(picture, 0.02);
        using var bare = OnnxFaceDetector.Load(TestFiles.Detector("ultraface"));
        using var detector = new BrighteningDetector(OnnxFaceDetector.Load(TestFiles.Detector("ultraface")));
        Assert.That(Detect(bare, dark), Is.Empty);
        Assert.That(Detect(detector, dark), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_bright_picture_is_left_alone_and_so_is_a_black_one()
    {
        using var seen = new Witness();
        using var detector = new BrighteningDetector(seen);
        using var bright = Cv2.ImRead(Photographs.GraceHopper);
        using var frame = new ImageFrame();
        frame.Set(bright);
        detector.Detect(frame, []);
        Assert.That(seen.Frame, Is.SameAs(frame));
        using var black = new Mat(48, 64, MatType.CV_8UC3, Scalar.All(0));
        frame.Set(black);
        detector.Detect(frame, []);
        Assert.That(Cv2.Norm(seen.Frame!.Bgr, black), Is.Zero);
    }

    [Test]
    public void A_warm_call_allocates_nothing_and_leaves_the_frame_as_it_was()
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var dark = Darkened(picture, 0.1);
        using var frame = new ImageFrame();
        frame.Set(dark);
        using var detector = new BrighteningDetector(OnnxFaceDetector.Load(TestFiles.Detector("ultraface")));
        List<FaceDetection> detections = [];
        Assert.That(Allocations.Of(() => detector.Detect(frame, detections)), Is.Zero);
        Assert.That(Cv2.Norm(frame.Bgr, dark), Is.Zero);
    }

    private static Mat Darkened(Mat picture, double light)
    {
        var dark = new Mat();
        picture.ConvertTo(dark, picture.Type(), light);
        return dark;
    }

    private sealed class Witness : IFaceDetector
    {
        public string Name => "witness";

        public float NearCost => 1;

        public ImageFrame? Frame { get; private set; }

        public void Detect(ImageFrame frame, Rect region, List<FaceDetection> detections) => Frame = frame;

        public void DetectNear(ImageFrame frame, in Box expected, List<FaceDetection> detections) => Frame = frame;

        public void Dispose()
        {
        }
    }
}

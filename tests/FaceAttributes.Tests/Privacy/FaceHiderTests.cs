using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Detection.Haar;
using FaceAttributes.Detection.Onnx;
using FaceAttributes.Privacy;
using FaceAttributes.Smoothing;
using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Tests.Privacy;

/// <summary>What is left of a face that is hidden.</summary>
public sealed class FaceHiderTests
{
    private static readonly string[] Emotions = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"];

    [Test]
    public void No_detector_finds_a_face_that_is_hidden(
        [Values("haar", "ultraface", "blazeface")] string name, [Values("astronaut.png", "grace_hopper.jpg")] string photograph, [Values] bool marksEmotions)
    {
        using var detector = Detector(name);
        using var picture = Cv2.ImRead(Photographs.Named(photograph));
        var found = Find(detector, picture);
        Assert.That(found, Is.Not.Empty, "The detector has to find the face at first.");
        var box = found[0];
        foreach (var emotion in marksEmotions ? Emotions : ["unknown"])
        {
            using var hidden = picture.Clone();
            using var hider = new FaceHider();
            hider.Hide(hidden, [Face(box, emotion)], [], marksEmotions);
            Assert.That(Find(detector, hidden).Select(other => other.IntersectionOverUnion(box)), Is.All.LessThan(0.2f), emotion);
        }
    }

    [Test]
    public void What_the_detector_doubts_is_hidden_as_well([Values] bool marksEmotions)
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var blurred = picture.Clone();
        using var hidden = picture.Clone();
        using var hider = new FaceHider();
        var box = new Box(173, 65, 100, 100);
        hider.Blur(blurred, box);
        hider.Hide(hidden, [], [new FaceDetection(box, 0.5f)], marksEmotions);
        Assert.That(Cv2.Norm(blurred, hidden), Is.Zero);
    }

    [Test]
    public void Nothing_but_nine_patches_is_left_and_nothing_else_is_touched()
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var hidden = picture.Clone();
        using var hider = new FaceHider();
        hider.Blur(hidden, new Box(173, 65, 100, 100));
        var head = new Rect(138, 30, 170, 170);
        using (var part = new Mat(hidden, head))
        {
            using var original = new Mat(picture, head);
            using var patches = new Mat();
            Cv2.Resize(original, patches, new Size(3, 3), 0, 0, InterpolationFlags.Area);
            using var made = new Mat();
            Cv2.Resize(patches, made, head.Size, 0, 0, InterpolationFlags.Linear);
            Assert.That(Cv2.Norm(part, made, NormTypes.INF), Is.LessThanOrEqualTo(1));
        }

        Cv2.Rectangle(picture, head, Scalar.Black, -1);
        Cv2.Rectangle(hidden, head, Scalar.Black, -1);
        Assert.That(Cv2.Norm(picture, hidden), Is.Zero);
    }

    [TestCase(-80, -80)]
    [TestCase(460, 480)]
    [TestCase(2000, 0)]
    public void A_face_may_leave_the_picture(int x, int y)
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var hider = new FaceHider();
        Assert.That(() => hider.Hide(picture, [Face(new Box(x, y, 100, 100), "happy")], [], marksEmotions: true), Throws.Nothing);
    }

    [Test]
    public void It_allocates_nothing_once_warm()
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var hider = new FaceHider();
        Track[] faces = [Face(new Box(173, 65, 100, 100), "happy"), Face(new Box(0, 0, 50, 50), "sad")];
        FaceDetection[] doubtful = [new FaceDetection(new Box(300, 300, 80, 80), 0.5f)];
        Assert.That(Allocations.Of(() => hider.Hide(picture, faces, doubtful, marksEmotions: true)), Is.Zero);
    }

    private static IFaceDetector Detector(string name) => name == "haar"
        ? new HaarCascadeDetector(new HaarCascadeOptions())
        : new OnnxFaceDetector(DetectorManifest.Load(TestFiles.Detector(name)), new OnnxFaceDetectorOptions());

    /// <summary>All faces, the surest first.</summary>
    private static List<Box> Find(IFaceDetector detector, Mat picture)
    {
        using var frame = new ImageFrame();
        frame.Set(picture);
        List<FaceDetection> faces = [];
        detector.Detect(frame, faces);
        return [.. faces.OrderByDescending(face => face.Score).Select(face => face.Box)];
    }

    private static Track Face(Box box, string emotion)
    {
        var head = new ModelHead { Attribute = "emotion", OutputName = "emotion", Labels = Emotions, UnknownBelow = 0.5f };
        var attribute = new SmoothedAttribute(head);
        attribute.Smoothed.Set([.. Emotions.Select(label => label == emotion ? 1f : 0)]);
        return new Track("f1", new FaceDetection(box, 1), stamp: 0, attribute);
    }
}

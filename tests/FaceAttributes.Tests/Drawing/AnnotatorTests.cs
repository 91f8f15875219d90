using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Drawing;
using FaceAttributes.Smoothing;
using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Tests.Drawing;

[TestFixture]
public sealed class AnnotatorTests
{
    private const int Background = 140;

    private static readonly string[] Emotions = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"];

    // Which of red, green and blue shine in the original's colours
    [TestCase("angry", true, false, false)]
    [TestCase("sad", false, false, true)]
    [TestCase("happy", true, true, false)]
    [TestCase("surprise", false, true, true)]
    [TestCase("disgust", false, true, false)]
    [TestCase("fear", false, true, false)]
    [TestCase("neutral", false, true, false)]
    [TestCase("unknown", false, true, false)]
    public void The_box_has_the_colour_of_the_emotion(string emotion, bool red, bool green, bool blue)
    {
        using var picture = Draw(new Size(640, 480), Face("f1", new Rect(300, 250, 100, 100), emotion));
        var edge = picture.At<Vec3b>(300, 300);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(edge.Item2 > 200, Is.EqualTo(red));
            Assert.That(edge.Item1 > 200, Is.EqualTo(green));
            Assert.That(edge.Item0 > 200, Is.EqualTo(blue));
        }
    }

    [Test]
    public void A_face_without_emotion_is_green()
    {
        using var picture = Draw(new Size(640, 480), new Track("f1", new FaceDetection(new Box(300, 250, 100, 100), 0.9f), stamp: 0));
        var edge = picture.At<Vec3b>(300, 300);
        Assert.That((edge.Item0 < 100, edge.Item1 > 200, edge.Item2 < 100), Is.EqualTo((true, true, true)));
    }

    [Test]
    public void No_tag_covers_a_face([Values(1, 2, 5, 12)] int count, [Values(320, 640, 1280)] int width)
    {
        var size = new Size(width, width * 3 / 4);
        var side = width / 12;
        Track[] faces =
        [
            .. Enumerable.Range(0, count).Select(i =>
                Face($"f{i}", new Rect(i % 4 * size.Width / 4 + side, i / 4 * size.Height / 3 + side / 2, side, side), Emotions[i % 7])),
        ];
        using var picture = Draw(size, faces);
        foreach (var face in faces)
        {
            var inside = face.Box.ToRect();
            var line = Math.Max(1, size.Height / 240);
            inside.Inflate(-line, -line);
            using var pixels = new Mat(picture, inside);
            using var rest = new Mat();
            Cv2.Absdiff(pixels, Scalar.All(Background), rest);
            Assert.That(Cv2.Norm(rest), Is.Zero, $"{face.Id} shows as it is");
        }
    }

    [TestCase(0, 0)]
    [TestCase(560, 0)]
    [TestCase(0, 400)]
    [TestCase(560, 400)]
    public void The_tag_of_a_face_in_a_corner_is_whole(int x, int y)
    {
        var size = new Size(640, 480);
        var box = new Rect(x, y, 80, 80);
        var tag = new Tag();
        var face = Face("f1", box, "surprise");
        tag.Compose(face, Scalar.White, Tag.Detail.Full, size);
        var placement = new TagPlacement();
        placement.Start(size, [face], distance: 2);
        var (place, covered) = placement.Find(box, tag.Size);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(place.Size, Is.EqualTo(tag.Size));
            Assert.That(place & new Rect(0, 0, 640, 480), Is.EqualTo(place));
            Assert.That(covered, Is.Zero);
        }
    }

    [Test]
    public void Letters_stand_out_from_any_background([Values(0, 128, 255)] int background)
    {
        var face = Face("f1", new Rect(300, 250, 100, 100), "happy");
        using var picture = Draw(new Size(640, 480), background, face);
        using var above = new Mat(picture, new Rect(301, 200, 60, 45));
        using var gray = above.CvtColor(ColorConversionCodes.BGR2GRAY);
        gray.MinMaxLoc(out double darkest, out double brightest);
        Assert.That(brightest - darkest, Is.GreaterThan(100));
    }

    [TestCase(1, 1)]
    [TestCase(20, 8)]
    [TestCase(8, 200)]
    public void A_picture_smaller_than_a_tag_is_drawn_all_the_same(int width, int height)
    {
        using var picture = Draw(new Size(width, height), Face("f1", new Rect(0, 0, width, height), "sad"));
        Assert.That(picture.Size(), Is.EqualTo(new Size(width, height)));
    }

    [Test]
    public void A_warm_drawing_allocates_nothing_though_every_number_changes()
    {
        Track[] faces = [.. Enumerable.Range(0, 6).Select(i => Face($"f{i}", new Rect(100 * i + 10, 200, 80, 80), Emotions[i]))];
        using var image = new Mat(480, 640, MatType.CV_8UC3, Scalar.All(Background));
        using var frame = new ImageFrame();
        frame.Set(image);
        using var destination = new Mat();
        var annotator = new Annotator();
        var probabilities = new float[7];
        var notSmoothed = new SmoothingOptions { Seconds = new Dictionary<string, double>(), Hysteresis = 0 };
        var step = 0;
        void Draw()
        {
            step++;
            foreach (var face in faces)
            {
                Array.Fill(probabilities, 0);
                probabilities[step % 7] = step % 100 / 100f;
                face.Attributes[0].Add(probabilities, step, 1, notSmoothed);
            }

            annotator.Draw(frame, faces, destination);
        }

        for (var i = 0; i < 700; i++)
            Draw();
        Assert.That(Allocations.Of(Draw), Is.Zero);
    }

    [Test]
    public void A_scene_looks_as_it_did_when_somebody_checked_it()
    {
        var happy = Face("f1", new Rect(60, 160, 120, 120), "happy");
        var unknown = Face("f12", new Rect(400, 120, 90, 90), "unknown");
        var crowded = Face("f13", new Rect(500, 130, 60, 60), "sad");
        var age = new SmoothedAttribute(new ModelHead { Attribute = "age", OutputName = "age", Labels = ["30", "40"], Values = [30, 40] });
        age.Add([0.5f, 0.5f], 0, 1, new SmoothingOptions());
        var aged = new Track("f2", new FaceDetection(new Box(230, 250, 140, 140), 0.9f), stamp: 0, [.. happy.Attributes, age]);
        using var image = Draw(new Size(640, 480), happy, unknown, crowded, aged);
        GoldenPicture.AssertLike("annotated", image);
    }

    [Test]
    public void Without_faces_the_picture_stays_as_it_is_and_the_frame_always()
    {
        using var photograph = Cv2.ImRead(Photographs.Astronaut);
        using var frame = new ImageFrame();
        frame.Set(photograph);
        using var before = photograph.Clone();
        using var destination = new Mat();
        new Annotator().Draw(frame, [], destination);
        Assert.That(Cv2.Norm(destination, before), Is.Zero);
        new Annotator().Draw(frame, [Face("f1", new Rect(10, 10, 50, 50), "sad")], destination);
        Assert.That(Cv2.Norm(destination, before), Is.GreaterThan(0));
        Assert.That(Cv2.Norm(frame.Bgr, before), Is.Zero);
    }

    private static Track Face(string id, Rect box, string emotion)
    {
        var distribution = new SmoothedAttribute(new ModelHead
        {
            Attribute = "emotion",
            OutputName = "emotion",
            Labels = Emotions,
            UnknownBelow = 0.4f,
        });
        var probabilities = new float[7];
        probabilities[Math.Max(0, Array.IndexOf(Emotions, emotion))] = emotion == "unknown" ? 0.2f : 0.9f;
        distribution.Add(probabilities, 0, 1, new SmoothingOptions());
        return new Track(id, new FaceDetection(Box.From(box), 0.8f), stamp: 0, distribution);
    }

    private static Mat Draw(Size size, params Track[] faces) => Draw(size, Background, faces);

    private static Mat Draw(Size size, int background, params Track[] faces)
    {
        using var picture = new Mat(size, MatType.CV_8UC3, Scalar.All(background));
        using var frame = new ImageFrame();
        frame.Set(picture);
        var destination = new Mat();
        new Annotator().Draw(frame, faces, destination);
        return destination;
    }
}

using FaceAttributes.Evaluation.Sequences;
using OpenCvSharp;
using Vision.Geometry;

namespace FaceAttributes.Evaluation.Tests.Sequences;

public class CutoutTests
{
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("cutout").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    // Enlarged, as it is, and reduced through one to four levels
    [TestCase(320.3, 200.8, 130.7)]
    [TestCase(100.25, 150.5, 84.85)]
    [TestCase(301.1, 222.9, 50)]
    [TestCase(77.7, 88.8, 23.4)]
    [TestCase(400.45, 300.05, 9.9)]
    public void The_face_is_drawn_where_the_box_says_to_a_twentieth_of_a_pixel(double x, double y, double side)
    {
        // A face that is white where everything else is black: its brightness is its area, its centre of gravity its centre, also
        // where it is blurred, as no photograph has edges of no width.
        using var cutout = new Cutout(White(new Box(120, 90, 80, 90), mask: null, blur: 6));
        using var frame = new Mat(480, 640, MatType.CV_8UC3, Scalar.All(0));
        var pose = new Pose(x, y, side);

        cutout.Draw(frame, pose);

        using var gray = frame.CvtColor(ColorConversionCodes.BGR2GRAY);
        var moments = gray.Moments();
        var box = cutout.FaceAt(pose);
        Assert.That(Math.Sqrt(box.Area), Is.EqualTo(side).Within(1e-3));
        Assert.That(box.Width / box.Height, Is.EqualTo(80.0 / 90).Within(1e-5));
        Assert.That((box.CenterX, box.CenterY), Is.EqualTo(((float)x, (float)y)).Using<float>((a, b) => Math.Abs(a - b) < 1e-3));
        Assert.That(moments.M10 / moments.M00 + 0.5, Is.EqualTo(x).Within(0.05));
        Assert.That(moments.M01 / moments.M00 + 0.5, Is.EqualTo(y).Within(0.05));
        Assert.That(Math.Sqrt(moments.M00 / 255), Is.EqualTo(side).Within(0.05 + 0.005 * side));
    }

    [Test]
    public void What_leaves_the_image_is_cut_off()
    {
        using var cutout = new Cutout(White(new Box(120, 90, 80, 90), mask: null));
        using var frame = new Mat(480, 640, MatType.CV_8UC3, Scalar.All(0));
        foreach (var (x, y) in new[] { (-5, 200), (645, 200), (300, -5), (300, 485), (-500, 0), (0, 900) })
            Assert.That(() => cutout.Draw(frame, new Pose(x, y, 60)), Throws.Nothing);
        Assert.That(frame.At<Vec3b>(200, 0).Item0, Is.GreaterThan(200), "half of a face at the left");
    }

    [Test]
    public void A_mask_says_what_is_cut_out()
    {
        // Only the left half belongs to the person.
        using var mask = new Mat(300, 300, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Rectangle(mask, new Rect(0, 0, 160, 300), Scalar.All(255), thickness: -1);
        using var cutout = new Cutout(White(new Box(120, 90, 80, 90), Save(mask, "mask.png")));
        using var frame = new Mat(480, 640, MatType.CV_8UC3, Scalar.All(50));
        var pose = new Pose(300, 200, Math.Sqrt(80 * 90));

        cutout.Draw(frame, pose);

        Assert.That((frame.At<Vec3b>(200, 280).Item0, frame.At<Vec3b>(200, 320).Item0), Is.EqualTo(((byte)255, (byte)50)));
        Assert.That((cutout.Hides(pose, 280, 200), cutout.Hides(pose, 320, 200), cutout.Hides(pose, 100, 200)), Is.EqualTo((true, false, false)));
    }

    [Test]
    public void What_cannot_be_used_is_told_in_a_sentence()
    {
        using var small = new Mat(30, 30, MatType.CV_8UC1, Scalar.All(255));
        var face = new Box(120, 90, 80, 90);
        Assert.That(() => new Cutout(White(new Box(250, 90, 80, 90), mask: null)), Refused("The face of somebody lies outside .*face.png; correct"));
        Assert.That(() => new Cutout(White(face, Save(small, "small.png"))), Refused("small.png is no mask of .*face.png; it must be"));
        Assert.That(() => new Cutout(White(face, mask: null) with { Picture = "nowhere.png" }), Refused("nowhere.png cannot be read as a picture; replace it"));

        static NUnit.Framework.Constraints.IResolveConstraint Refused(string message) =>
            Throws.TypeOf<EvaluationException>().With.Message.Match(message);
    }

    private FacePhotograph White(Box face, string? mask, double blur = 0)
    {
        using var picture = new Mat(300, 300, MatType.CV_8UC3, Scalar.All(0));
        Cv2.Rectangle(picture, face.ToRect(), Scalar.All(255), thickness: -1);
        if (blur > 0)
            Cv2.GaussianBlur(picture, picture, default, blur);
        return new FacePhotograph(Save(picture, "face.png"), "somebody", face, null, mask);
    }

    private string Save(Mat picture, string name)
    {
        var path = Path.Combine(_folder, name);
        picture.SaveImage(path);
        return path;
    }
}

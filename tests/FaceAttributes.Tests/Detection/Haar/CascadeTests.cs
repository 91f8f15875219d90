using FaceAttributes.Detection.Haar;
using OpenCvSharp;

namespace FaceAttributes.Tests.Detection.Haar;

/// <summary>Our evaluation of a cascade beside OpenCV's, window by window.</summary>
[TestFixture]
public sealed class CascadeTests
{
    private static readonly string Folder = HaarCascadeDetector.UsualFolders.First(Directory.Exists);

    // One of trees of two nodes, one of stumps, one of taller trees, one whose window is no square.
    [TestCase("haarcascade_frontalface_alt2.xml")]
    [TestCase("haarcascade_frontalface_default.xml")]
    [TestCase("haarcascade_frontalface_alt_tree.xml")]
    [TestCase("haarcascade_profileface.xml")]
    public void The_windows_that_pass_are_those_that_pass_in_OpenCv(string file)
    {
        var path = Path.Combine(Folder, file);
        Assert.That(CascadeModel.TryRead(path), Is.Not.Null);
        using var ours = new Cascade(path);
        using var reference = new Cascade(path, byOpenCv: true);
        Assert.That(ours.Window, Is.EqualTo(reference.Window));
        var random = new Random(1);
        var passed = 0;
        foreach (var photograph in new[] { Photographs.Astronaut, Photographs.GraceHopper })
        {
            using var picture = Cv2.ImRead(photograph, ImreadModes.Grayscale);
            for (var i = 0; i < 12; i++)
            {
                // The portrait, larger and smaller; whole, and a part of it.
                var size = new Size(random.Next(20, 400), random.Next(20, 400));
                var part = i % 2 == 0 ? new Rect(0, 0, picture.Cols, picture.Rows) : new Rect(random.Next(100), random.Next(100), 300, 310);
                var smallest = random.Next(10, 60);
                passed += Compare(picture, part, size, smallest, largest: smallest + random.Next(200), scaleFactor: 1.05 + 0.3 * random.NextDouble());
            }

            // Only windows of the cascade's size, in steps of two pixels.
            passed += Compare(picture, new Rect(0, 0, picture.Cols, picture.Rows), new Size(150, 190), 20, 20, scaleFactor: 2);
        }

        Assert.That(passed, Is.GreaterThan(5));

        int Compare(Mat picture, Rect part, Size size, int smallest, int largest, double scaleFactor)
        {
            List<Rect> found = [], expected = [];
            ours.Find(picture, part, size, new Size(smallest, smallest), new Size(largest, largest), scaleFactor, found);
            reference.Find(picture, part, size, new Size(smallest, smallest), new Size(largest, largest), scaleFactor, expected);
            Assert.That(found, Is.EquivalentTo(expected), $"{part} at {size}, windows of {smallest} to {largest}, {scaleFactor}");
            return found.Count;
        }
    }

    [Test]
    public void A_picture_without_contrast_has_no_window()
    {
        using var cascade = new Cascade(Path.Combine(Folder, HaarCascadeDetector.DefaultCascade));
        using var flat = new Mat(90, 90, MatType.CV_8UC1, Scalar.All(7));
        List<Rect> found = [new Rect(1, 2, 3, 4)];
        cascade.Find(flat, new Rect(0, 0, 90, 90), new Size(90, 90), new Size(20, 20), new Size(90, 90), 1.1, found);
        Assert.That(found, Is.Empty);
    }

    [TestCase("haarcascade_fullbody.xml", false, TestName = "Tilted features are left to OpenCV")]
    [TestCase("../lbpcascades/lbpcascade_frontalface_improved.xml", true, TestName = "Local binary patterns are left to OpenCV")]
    public void What_we_do_not_evaluate_OpenCv_does(string file, bool isFound)
    {
        var path = Path.Combine(Folder, file);
        Assert.That(CascadeModel.TryRead(path), Is.Null);
        using var cascade = new Cascade(path);
        using var picture = Cv2.ImRead(Photographs.Astronaut, ImreadModes.Grayscale);
        List<Rect> found = [];
        cascade.Find(picture, new Rect(0, 0, 512, 512), new Size(256, 256), new Size(20, 20), new Size(250, 250), 1.1, found);
        Assert.That(found.Count > 0, Is.EqualTo(isFound), "a face, and nobody's body");
        Assert.That(found, Is.All.Matches<Rect>(window => new Rect(0, 0, 256, 256).Contains(window)));
    }
}

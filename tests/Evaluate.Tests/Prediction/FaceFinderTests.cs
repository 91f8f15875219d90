using FaceAttributes.Evaluation.Prediction;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Tests.Prediction;

public class FaceFinderTests
{
    private readonly FaceFinder _finder = new(DetectorChoice.Haar.Create(FaceFinder.MinSize));

    [OneTimeTearDown]
    public void Dispose() => _finder.Dispose();

    [TestCase(64)]
    [TestCase(80)]
    public void A_face_is_found_in_a_small_picture(int side)
    {
        using var picture = DataFolder.Face(side);
        var box = _finder.Find(picture);

        Assert.That(box, Is.Not.Null);
        var share = box!.Value.Width / (double)side;
        Assert.That(share, Is.InRange(0.5, 0.9));
        Assert.That((box.Value.X + box.Value.Width / 2.0) / side, Is.EqualTo(0.5).Within(0.15));
        Assert.That(box.Value.Height, Is.EqualTo(box.Value.Width));
    }

    [Test]
    public void A_face_that_fills_the_picture_is_found_too()
    {
        using var picture = DataFolder.Face(64);
        var box = _finder.Find(picture)!.Value;
        using var face = new Mat(picture, box).Resize(new Size(64, 64));
        var again = _finder.Find(face);

        Assert.That(again, Is.Not.Null);
        Assert.That(again!.Value.Width, Is.EqualTo(64).Within(10));
    }

    [Test]
    public void Where_there_is_no_face_none_is_found()
    {
        using var picture = new Mat(64, 64, MatType.CV_8UC3, Scalar.All(90));

        Assert.That(_finder.Find(picture), Is.Null);
    }
}

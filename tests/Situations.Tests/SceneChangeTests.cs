using OpenCvSharp;
using Vision.Imaging;

namespace Situations.Tests;

[TestFixture]
public sealed class SceneChangeTests
{
    private readonly SceneChange _scene = new();
    private readonly ImageFrame _frame = new();

    [OneTimeTearDown]
    public void Free()
    {
        _scene.Dispose();
        _frame.Dispose();
    }

    [TestCase(0, 0, 0.0)]
    [TestCase(30, 0, 0.0, Description = "The light goes up.")]
    [TestCase(0, 160, 0.25, Description = "Somebody covers a quarter.")]
    public void The_changed_share_of_the_area_is_measured_whatever_the_light(int brighter, int side, double share)
    {
        _scene.Reset();
        using var picture = new Mat(320, 320, MatType.CV_8UC1, Scalar.All(100));
        Assert.That(Measure(picture), Is.EqualTo(1), "Nothing is kept yet.");
        _scene.Keep();
        picture.SetTo(Scalar.All(100 + brighter));
        if (side > 0)
            picture[new Rect(0, 0, side, side)].SetTo(Scalar.All(180));
        Assert.That(Measure(picture), Is.EqualTo(share).Within(0.02));
    }

    [Test]
    public void A_warm_image_allocates_nothing()
    {
        using var picture = new Mat(320, 320, MatType.CV_8UC1, Scalar.All(100));
        _frame.Set(picture);
        Assert.That(Allocations.Of(() => _scene.Measure(_frame)), Is.Zero);
        _frame.Clear();
    }

    private double Measure(Mat picture)
    {
        _frame.Set(picture);
        var change = _scene.Measure(_frame);
        _frame.Clear();
        return change;
    }
}

using FaceAttributes.Drawing;
using OpenCvSharp;

namespace FaceAttributes.Tests.Drawing;

[TestFixture]
public sealed class TextMaskTests
{
    [TestCase("surprise", 640)]
    [TestCase("100%", 320)]
    [TestCase("f123", 1920)]
    [TestCase("~35", 640)]
    public void A_text_looks_as_OpenCV_draws_it(string text, int width)
    {
        var style = TextStyle.For(new Size(width, width * 3 / 4), new Rect(0, 0, width / 6, width / 6), isDense: false);
        var (origin, color) = (new Point(20, 40), new Scalar(30, 220, 255));
        using var expected = new Mat(60, 400, MatType.CV_8UC3, Scalar.All(70));
        using var drawn = expected.Clone();
        Cv2.PutText(expected, text, origin, HersheyFonts.HersheySimplex, style.Scale, color, style.Thickness, LineTypes.AntiAlias);
        TextMask.Create(text, style).Draw(drawn, origin, color);
        using var difference = new Mat();
        Cv2.Absdiff(drawn, expected, difference);
        difference.Reshape(1).MinMaxLoc(out double _, out double most);
        Assert.That(most, Is.LessThanOrEqualTo(24), "where strokes end in one another, by rounding");
        Assert.That(Cv2.Mean(difference).Val0, Is.LessThan(0.1));
        Assert.That(Cv2.Norm(drawn, expected, NormTypes.L1), Is.LessThan(0.02 * Cv2.Norm(expected, NormTypes.L1)));
    }

    [Test]
    public void What_leaves_the_image_is_cut()
    {
        var style = TextStyle.For(new Size(640, 480), new Rect(0, 0, 100, 100), isDense: false);
        using var image = new Mat(20, 30, MatType.CV_8UC3, Scalar.Black);
        using var part = new Mat(image, new Rect(5, 5, 20, 10));
        TextMask.Create("happy", style).Draw(part, new Point(-8, 12), Scalar.White);
        TextMask.Create("happy", style).Draw(part, new Point(500, 12), Scalar.White);
        Assert.That(Cv2.Norm(part), Is.GreaterThan(0));
        Assert.That(Cv2.Norm(image), Is.EqualTo(Cv2.Norm(part)), "nothing beside the part");
    }

    [Test]
    public void A_text_is_drawn_once()
    {
        var cache = new TextMaskCache();
        var style = TextStyle.For(new Size(640, 480), new Rect(0, 0, 100, 100), isDense: false);
        var first = cache.Of("sad", style);
        Assert.That(cache.Of("sad", style), Is.SameAs(first));
        Assert.That(cache.Of("sad", style with { Thickness = 3 }), Is.Not.SameAs(first));
    }
}

using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Drawing;
using FaceAttributes.Smoothing;
using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Geometry;

namespace FaceAttributes.Tests.Drawing;

[TestFixture]
public sealed class TagTests
{
    private static readonly Size Vga = new(640, 480);

    [Test]
    public void A_tag_says_id_labels_and_confidences_and_the_age_with_its_standard_deviation() =>
        Assert.That(Compose(Tag.Detail.Full).Lines, Is.EqualTo(new[] { "f7", "happy 88%", "female 61% ~35 ±5" }));

    [Test]
    public void In_a_crowd_it_is_smaller_then_without_confidences_then_the_id_alone()
    {
        Assert.That(Compose(Tag.Detail.Small).Lines, Is.EqualTo(Compose(Tag.Detail.Full).Lines));
        Assert.That(Compose(Tag.Detail.Small).Size.Width, Is.LessThan(Compose(Tag.Detail.Full).Size.Width));
        Assert.That(Compose(Tag.Detail.Labels).Lines, Is.EqualTo(new[] { "f7", "happy", "female ~35" }));
        Assert.That(Compose(Tag.Detail.Id).Lines, Is.EqualTo(new[] { "f7" }));
    }

    [Test]
    public void What_the_network_is_not_sure_of_is_shown_as_unknown() =>
        Assert.That(
            Compose(Tag.Detail.Full, unknownBelow: 0.7f).Lines,
            Is.EqualTo(new[] { "f7", "happy 88%", "gender unknown 61% ~35 ±5" }));

    [Test]
    public void An_age_that_is_not_known_is_not_shown()
    {
        Assert.That(Compose(Tag.Detail.Full, unknownAbove: 4).Lines, Is.EqualTo(new[] { "f7", "happy 88%", "female 61%" }));
        Assert.That(Compose(Tag.Detail.Labels, unknownAbove: 4).Lines, Is.EqualTo(new[] { "f7", "happy", "female" }));
    }

    [Test]
    public void What_there_is_no_network_for_takes_no_line()
    {
        var tag = new Tag();
        var age = Distribution("age", ["30", "40"], values: [30, 40], unknownAbove: 100);
        age.Add([0.5f, 0.5f], 0, 1, new SmoothingOptions());
        tag.Compose(Face(age), Scalar.White, Tag.Detail.Full, Vga);
        Assert.That(tag.Lines, Is.EqualTo(new[] { "f7", "~35 ±5" }));
        tag.Compose(Face(), Scalar.White, Tag.Detail.Full, Vga);
        Assert.That(tag.Lines, Is.EqualTo(new[] { "f7" }));
    }

    /// <summary>OpenCV's font has no such sign, and writes question marks instead.</summary>
    [Test]
    public void Plus_minus_is_a_plus_with_a_bar_below()
    {
        var tag = Compose(Tag.Detail.Full);
        using var image = new Mat(200, 400, MatType.CV_8UC3, Scalar.Black);
        using (var canvas = new Canvas(image))
            tag.Draw(canvas, new Rect(new Point(0, 0), tag.Size));

        // No other sign of the line reaches below the letters' foot.
        var foot = tag.Style.Padding + 3 * tag.Style.LineHeight - tag.Style.Descent + tag.Style.Thickness;
        using var below = image.RowRange(foot, tag.Size.Height);
        using var gray = below.CvtColor(ColorConversionCodes.BGR2GRAY);
        using var bright = gray.Threshold(100, 255, ThresholdTypes.Binary);
        var bar = Cv2.BoundingRect(bright);
        Assert.That(bar.Width, Is.InRange(3, 14));
        Assert.That(bar.Height, Is.InRange(1, 3));
    }

    [TestCase(160, 120)]
    [TestCase(320, 240)]
    [TestCase(640, 480)]
    [TestCase(1920, 1080)]
    public void Letters_are_readable_at_any_size_of_the_picture(int width, int height)
    {
        foreach (var face in new[] { 20, 60, height })
        {
            var style = TextStyle.For(new Size(width, height), new Rect(0, 0, face, face), isDense: true);
            var letter = Cv2.GetTextSize("H", HersheyFonts.HersheySimplex, style.Scale, thickness: 1, out _);
            Assert.That(letter.Height, Is.InRange(7, height / 20 + 7));
        }
    }

    private static Tag Compose(Tag.Detail detail, float unknownBelow = 0.5f, float unknownAbove = 100)
    {
        var emotion = Distribution("emotion", ["angry", "happy"], unknownBelow);
        var gender = Distribution("gender", ["female", "male"], unknownBelow);
        var age = Distribution("age", ["30", "40"], values: [30, 40], unknownAbove: unknownAbove);
        emotion.Add([0.125f, 0.875f], 0, 1, new SmoothingOptions());
        gender.Add([0.61f, 0.39f], 0, 1, new SmoothingOptions());
        age.Add([0.5f, 0.5f], 0, 1, new SmoothingOptions());
        var tag = new Tag();
        tag.Compose(Face(emotion, gender, age), Scalar.White, detail, Vga);
        return tag;
    }

    private static Track Face(params SmoothedAttribute[] attributes) =>
        new("f7", new FaceDetection(new Box(100, 100, 80, 80), 0.9f), stamp: 0, attributes);

    private static SmoothedAttribute Distribution(
        string attribute, string[] labels, float unknownBelow = 0, float[]? values = null,
        float unknownAbove = float.PositiveInfinity) =>
        new(new ModelHead
        {
            Attribute = attribute,
            OutputName = attribute,
            Labels = labels,
            Values = values,
            UnknownBelow = unknownBelow,
            UnknownAbove = unknownAbove,
        });
}

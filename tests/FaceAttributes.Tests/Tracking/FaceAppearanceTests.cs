using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Tests.Tracking;

[TestFixture]
public sealed class FaceAppearanceTests
{
    private static readonly Box Astronaut = new(186, 60, 80, 108);
    private static readonly Box Hopper = new(166, 92, 200, 220);

    [Test]
    public void Two_people_differ_by_far_more_than_one_does_from_image_to_image()
    {
        using var astronaut = Cv2.ImRead(Photographs.Astronaut);
        using var hopper = Cv2.ImRead(Photographs.GraceHopper);
        using var dim = new Mat();
        astronaut.ConvertTo(dim, -1, 0.6, 20);
        var first = Measure(astronaut, Astronaut);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Difference(first), Is.Zero);
            Assert.That(first.Difference(Measure(astronaut, Astronaut with { X = Astronaut.X + 2, Width = 84 })), Is.LessThan(0.1f));
            Assert.That(first.Difference(Measure(dim, Astronaut)), Is.LessThan(0.2f), "with less light");
            Assert.That(first.Difference(Measure(hopper, Hopper)), Is.GreaterThan(1));
        }
    }

    [Test]
    public void The_same_picture_in_another_order_of_colours_looks_the_same()
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        using var rgb = picture.CvtColor(ColorConversionCodes.BGR2RGB);
        using var frame = new ImageFrame();
        frame.Set(rgb.Data, (int)(rgb.Step() * rgb.Rows), rgb.Width, rgb.Height, rgb.Step(), "rgb8");
        Assert.That(FaceAppearance.Measure(frame, Astronaut).Difference(Measure(picture, Astronaut)), Is.LessThan(1e-6f));
    }

    [TestCase(-500, -500, 50)]
    [TestCase(-20, 500, 100)]
    [TestCase(0, 0, 0)]
    [TestCase(100, 100, 1e9f)]
    public void A_box_anywhere_has_finite_numbers(float x, float y, float side)
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        var appearance = Measure(picture, new Box(x, y, side, side));
        for (var i = 0; i < 18; i++)
            Assert.That(float.IsFinite(appearance[i]));
    }

    [Test]
    public void What_is_remembered_lies_between_what_was_and_what_is()
    {
        var (before, now) = (default(FaceAppearance), default(FaceAppearance));
        now[5] = 1;
        var blended = before.Blend(now, 0.25f);
        Assert.That((blended[5], blended[6]), Is.EqualTo((0.25f, 0f)));
    }

    private static FaceAppearance Measure(Mat picture, in Box box)
    {
        using var frame = new ImageFrame();
        frame.Set(picture);
        return FaceAppearance.Measure(frame, box);
    }
}

using OpenCvSharp;
using Vision.Geometry;

namespace Vision.Tests.Geometry;

[TestFixture]
public sealed class BoxTests
{
    [TestCase(0, 0, 10, 10, 0, 0, 10, 10, 1)]
    [TestCase(0, 0, 10, 10, 5, 0, 10, 10, 1.0 / 3)]
    [TestCase(0, 0, 10, 10, 2.5f, 2.5f, 5, 5, 0.25)]
    [TestCase(0, 0, 10, 10, 10, 0, 10, 10, 0)]
    [TestCase(0, 0, 0, 0, 0, 0, 0, 0, 0)]
    public void Intersection_over_union_is_the_textbooks(
        float x1, float y1, float w1, float h1, float x2, float y2, float w2, float h2, double iou)
    {
        var (a, b) = (new Box(x1, y1, w1, h1), new Box(x2, y2, w2, h2));
        Assert.That(a.IntersectionOverUnion(b), Is.EqualTo(iou).Within(1e-6));
        Assert.That(b.IntersectionOverUnion(a), Is.EqualTo(iou).Within(1e-6));
    }

    [Test]
    public void Overlaps_are_those_of_counted_cells()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var (a, b) = (Random(), Random());
            var (shared, both) = (0, 0);
            for (var y = 0; y < 40; y++)
            {
                for (var x = 0; x < 40; x++)
                {
                    var (inA, inB) = (a.Contains(new Point(x, y)), b.Contains(new Point(x, y)));
                    shared += inA && inB ? 1 : 0;
                    both += inA || inB ? 1 : 0;
                }
            }

            Assert.That(Box.From(a).IntersectionOverUnion(Box.From(b)), Is.EqualTo((float)shared / both).Within(1e-5));
            Assert.That(
                Box.From(a).IntersectionOverSmaller(Box.From(b)),
                Is.EqualTo((float)shared / Math.Min(a.Width * a.Height, b.Width * b.Height)).Within(1e-5));
        }

        Rect Random() => new(random.Next(20), random.Next(20), random.Next(1, 20), random.Next(1, 20));
    }

    [Test]
    public void Neighbours_stay_neighbours_in_whole_pixels()
    {
        var left = new Box(-3.5f, 0.4f, 10.2f, 5.3f).ToRect();
        var right = new Box(6.7f, 0.4f, 3.1f, 5.3f).ToRect();
        Assert.That(left, Is.EqualTo(new Rect(-3, 0, 10, 6)));
        Assert.That(right.Left, Is.EqualTo(left.Right));
    }

    [Test]
    public void A_box_is_clipped_to_the_image()
    {
        Assert.That(new Box(-5, 90, 20, 20).ClipTo(100, 100), Is.EqualTo(new Box(0, 90, 15, 10)));
        Assert.That(new Box(200, 30, 20, 20).ClipTo(100, 100), Is.EqualTo(new Box(100, 30, 0, 20)));
        Assert.That(new Box(-50, -50, 20, 20).ClipTo(100, 100), Is.EqualTo(new Box(0, 0, 0, 0)));
    }
}

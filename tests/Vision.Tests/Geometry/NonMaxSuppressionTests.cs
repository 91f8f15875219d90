using Vision.Geometry;

namespace Vision.Tests.Geometry;

[TestFixture]
public sealed class NonMaxSuppressionTests
{
    [Test]
    public void Of_two_boxes_on_one_object_the_surer_stays() =>
        Assert.That(Apply(0.5f, OverlapMeasure.IntersectionOverUnion, new(0, 0, 100, 100, 0.4f), new(5, 0, 100, 100, 0.8f)), Is.EqualTo(new[] { new Scored(5, 0, 100, 100, 0.8f) }));

    [Test]
    public void A_small_box_inside_a_large_one_goes_by_the_smaller_area_only()
    {
        Scored[] boxes = [new(0, 0, 100, 100, 0.8f), new(30, 60, 20, 20, 0.4f)];
        Assert.That(Apply(0.5f, OverlapMeasure.IntersectionOverUnion, boxes), Has.Length.EqualTo(2));
        Assert.That(Apply(0.5f, OverlapMeasure.IntersectionOverSmaller, boxes), Is.EqualTo(boxes[..1]));
    }

    [Test]
    public void Neighbours_that_overlap_little_stay() =>
        Assert.That(Apply(0.5f, OverlapMeasure.IntersectionOverUnion, new(0, 0, 100, 100, 0.8f), new(60, 10, 100, 100, 0.4f)), Has.Length.EqualTo(2));

    [Test]
    public void The_result_is_the_plain_definitions_whatever_the_order([Values] OverlapMeasure measure)
    {
        var random = new Random(5);
        for (var i = 0; i < 3000; i++)
        {
            var boxes = Enumerable.Range(0, random.Next(30)).Select(_ => new Scored(
                random.Next(60), random.Next(60), random.Next(5, 40), random.Next(5, 40), random.Next(8) / 8f)).ToArray();
            var maxOverlap = random.NextSingle();
            var expected = Plain(boxes, maxOverlap, measure);
            Assert.That(Apply(maxOverlap, measure, boxes), Is.EqualTo(expected));
            random.Shuffle(boxes);
            Assert.That(Apply(maxOverlap, measure, boxes), Is.EqualTo(expected), "in another order");
        }
    }

    [Test]
    public void It_allocates_nothing()
    {
        List<Scored> boxes = [];
        Assert.That(
            Allocations.Of(() =>
            {
                boxes.Clear();
                for (var i = 0; i < 50; i++)
                    boxes.Add(new Scored(i * 7 % 60, i * 5 % 50, 20, 20, i % 9));
                NonMaxSuppression.Apply(boxes, 0.4f);
            }),
            Is.Zero);
    }

    private static Scored[] Apply(float maxOverlap, OverlapMeasure measure, params Scored[] boxes)
    {
        List<Scored> list = [.. boxes];
        NonMaxSuppression.Apply(list, maxOverlap, measure);
        return [.. list];
    }

    /// <summary>The best box is kept and all that overlap it are thrown away, until none is left.</summary>
    private static List<Scored> Plain(Scored[] boxes, float maxOverlap, OverlapMeasure measure)
    {
        var left = boxes.OrderByDescending(b => b.Score).ThenBy(b => b.X).ThenBy(b => b.Y).ThenBy(b => b.Width).ThenBy(b => b.Height).ToList();
        var kept = new List<Scored>();
        while (left.Count > 0)
        {
            var best = left[0];
            kept.Add(best);
            left.RemoveAt(0);
            left.RemoveAll(other => Overlap(best.Box, other.Box) > maxOverlap);
        }

        return kept;

        float Overlap(Box a, Box b) => measure == OverlapMeasure.IntersectionOverUnion ? a.IntersectionOverUnion(b) : a.IntersectionOverSmaller(b);
    }

    private readonly record struct Scored(float X, float Y, float Width, float Height, float Score) : IScoredBox
    {
        public Box Box => new(X, Y, Width, Height);
    }
}

using FaceAttributes.Evaluation.Prediction;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Tests.Prediction;

public class FaceBoxTests
{
    [Test]
    public void A_square_lies_round_its_centre()
    {
        Assert.That(Boxes.Square(30, 20, 10), Is.EqualTo(new Rect(25, 15, 10, 10)));
        Assert.That(Boxes.Square(30.4, 19.6, 10.4), Is.EqualTo(new Rect(25, 15, 10, 10)));
        Assert.That(Boxes.Square(0, 0, 0), Is.EqualTo(new Rect(0, 0, 1, 1)));
    }

    [Test]
    public void A_box_is_moved_by_shares_of_its_side()
    {
        var box = new Rect(10, 20, 40, 40);

        Assert.That(box.Moved(0.1, -0.25, 1), Is.EqualTo(new Rect(14, 10, 40, 40)));
        Assert.That(box.Moved(0, 0, 1.5), Is.EqualTo(new Rect(0, 10, 60, 60)));
    }

    [Test]
    public void The_median_is_that_of_centres_and_sides()
    {
        Rect[] boxes = [new(0, 0, 10, 10), new(10, 20, 20, 20), new(100, 100, 60, 60)];

        Assert.That(Boxes.Median(boxes), Is.EqualTo(new Rect(10, 20, 20, 20)));
        Assert.That(Boxes.Median(boxes[..2]), Is.EqualTo(Boxes.Square(12.5, 17.5, 15)));
    }
}

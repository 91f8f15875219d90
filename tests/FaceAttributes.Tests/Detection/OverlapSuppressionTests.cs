using FaceAttributes.Detection;
using OpenCvSharp;

namespace FaceAttributes.Tests.Detection;

[TestFixture]
public sealed class OverlapSuppressionTests
{
    [Test]
    public void A_weaker_box_inside_a_face_goes() =>
        Assert.That(
            Apply((30, 60, 20, 0.4f), (0, 0, 100, 0.8f)),
            Is.EqualTo(new[] { new FaceDetection(new Rect(0, 0, 100, 100), 0.8f) }));

    [Test]
    public void A_weaker_box_round_a_face_goes() =>
        Assert.That(
            Apply((0, 0, 100, 0.4f), (30, 30, 50, 0.8f)),
            Is.EqualTo(new[] { new FaceDetection(new Rect(30, 30, 50, 50), 0.8f) }));

    [Test]
    public void Neighbours_that_overlap_stay() =>
        Assert.That(Apply((0, 0, 100, 0.8f), (60, 10, 100, 0.4f)), Has.Length.EqualTo(2));

    [Test]
    public void The_order_is_by_falling_score() =>
        Assert.That(
            Apply((0, 0, 10, 0.1f), (50, 0, 10, 0.9f), (99, 0, 10, 0.5f)).Select(d => d.Score),
            Is.EqualTo(new[] { 0.9f, 0.5f, 0.1f }));

    private static FaceDetection[] Apply(params (int X, int Y, int Side, float Score)[] boxes)
    {
        List<FaceDetection> detections = [.. boxes.Select(b => new FaceDetection(new Rect(b.X, b.Y, b.Side, b.Side), b.Score))];
        OverlapSuppression.Apply(detections);
        return [.. detections];
    }
}

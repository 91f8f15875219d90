using FaceAttributes.Evaluation.Metrics;
using Vision.Geometry;

namespace FaceAttributes.Evaluation.Tests.Metrics;

public class LabelStabilityTests
{
    private static readonly Box Place = new(10, 10, 20, 20);

    [Test]
    public void A_label_that_changes_while_the_face_does_not_flickers()
    {
        // Four changes in ten seconds; the id does not matter.
        var stability = Measure(Enumerable.Range(0, 11).Select(second => Image(second, second is 3 or 7 ? "sad" : "happy", id: $"f{second / 5}")));
        Assert.That((stability.Flickers, stability.FlickersPerMinute), Is.EqualTo((4, 24.0)));
        Assert.That((stability.Changes, stability.MedianDelay, stability.ShownWithin(0.5)), Is.EqualTo((0, default(double?), default(double?))));
    }

    [Test]
    public void A_label_that_comes_late_is_no_flicker_but_a_delay()
    {
        // The smile comes at 2.1 s and is shown at 2.5 s.
        var stability = Measure(Enumerable.Range(0, 50).Select(tenth => Image(
            tenth / 10.0, tenth < 25 ? "neutral" : "happy", since: tenth < 21 ? double.NegativeInfinity : 2.1, truth: tenth < 21 ? "neutral" : "happy")));
        Assert.That((stability.Flickers, stability.Changes, stability.Shown), Is.EqualTo((0, 1, 1)));
        Assert.That(stability.MedianDelay, Is.EqualTo(0.4).Within(1e-9));
        Assert.That((stability.ShownWithin(0.5), stability.ShownWithin(0.3)), Is.EqualTo((1.0, 0.0)));
    }

    [Test]
    public void A_change_that_is_never_shown_has_no_end()
    {
        var stability = Measure([Image(0, "neutral"), Image(1, "neutral", since: 0.5, truth: "happy"), Image(9, "sad", since: 0.5, truth: "happy")]);
        Assert.That((stability.Changes, stability.Shown, stability.MedianDelay), Is.EqualTo((1, 0, double.PositiveInfinity)));
    }

    [Test]
    public void A_face_that_is_not_found_has_no_label()
    {
        var stability = Measure([Image(0, "happy"), new(1, [new(1, Place)], []), Image(2, "happy"), Image(3, "sad")]);
        Assert.That((stability.Flickers, stability.FlickersPerMinute), Is.EqualTo((1, 20.0)));
    }

    private static TrackedImage Image(
        double stamp, string label, string id = "f1", double since = double.NegativeInfinity, string? truth = null) =>
        new(stamp, [new(1, Place, since, truth)], [new(id, Place, label)]);

    private static LabelStability Measure(IEnumerable<TrackedImage> images)
    {
        TrackedImage[] sequence = [.. images];
        var stability = new LabelStability();
        stability.Add(sequence, new ClearMot(0.5).Add(sequence));
        return stability;
    }
}

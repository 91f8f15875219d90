using FaceAttributes.Detection;
using FaceAttributes.Tracking;
using OpenCvSharp;

namespace FaceAttributes.Tests.Tracking;

[TestFixture]
public sealed class FaceTrackerTests
{
    [Test]
    public void Faces_are_numbered_in_the_order_of_appearance()
    {
        var tracker = new FaceTracker();
        Assert.That(Update(tracker, (0, 0), (200, 0)), Is.EqualTo(new[] { "f1", "f2" }));
        Assert.That(Update(tracker, (0, 0), (100, 0), (200, 0)), Is.EqualTo(new[] { "f1", "f3", "f2" }));
    }

    [Test]
    public void A_moving_face_keeps_its_id()
    {
        var tracker = new FaceTracker();
        for (var x = 0; x < 500; x += 15)
            Assert.That(Update(tracker, (x, x / 2)), Is.EqualTo(new[] { "f1" }));
    }

    [Test]
    public void Faces_that_change_their_places_in_the_list_keep_their_ids()
    {
        var tracker = new FaceTracker();
        Update(tracker, (0, 0), (60, 0), (120, 0));
        Assert.That(Update(tracker, (125, 3), (4, 1), (58, 0)), Is.EqualTo(new[] { "f3", "f1", "f2" }));
    }

    [Test]
    public void The_better_match_wins_where_two_faces_come_close()
    {
        var tracker = new FaceTracker();
        Update(tracker, (0, 0), (30, 0));
        Assert.That(Update(tracker, (12, 0), (28, 0)), Is.EqualTo(new[] { "f1", "f2" }));

        // Only one of them is left, nearer to the second.
        Assert.That(Update(tracker, (26, 0)), Is.EqualTo(new[] { "f2" }));
    }

    [Test]
    public void A_face_that_is_missed_for_some_frames_keeps_its_id()
    {
        var tracker = new FaceTracker(new FaceTrackerOptions { MaxMissedFrames = 2 });
        Update(tracker, (0, 0));
        Update(tracker);
        Update(tracker);
        Assert.That(Update(tracker, (0, 0)), Is.EqualTo(new[] { "f1" }));
    }

    [Test]
    public void A_face_that_is_missed_for_too_long_gets_a_new_id()
    {
        var tracker = new FaceTracker(new FaceTrackerOptions { MaxMissedFrames = 2 });
        Update(tracker, (0, 0));
        for (var i = 0; i < 3; i++)
            Update(tracker);
        Assert.That(Update(tracker, (0, 0)), Is.EqualTo(new[] { "f2" }));
    }

    [Test]
    public void A_face_elsewhere_is_another_face()
    {
        var tracker = new FaceTracker();
        Update(tracker, (0, 0));
        Assert.That(Update(tracker, (45, 45)), Is.EqualTo(new[] { "f2" }));
    }

    [Test]
    public void After_a_reset_no_id_comes_back()
    {
        var tracker = new FaceTracker();
        Update(tracker, (0, 0));
        tracker.Reset();
        Assert.That(Update(tracker, (0, 0)), Is.EqualTo(new[] { "f2" }));
    }

    [Test]
    public void The_same_detections_give_the_same_ids()
    {
        var first = Run();
        Assert.That(Run(), Is.EqualTo(first));

        static string Run()
        {
            var random = new Random(7);
            var tracker = new FaceTracker();
            var log = string.Empty;
            for (var frame = 0; frame < 100; frame++)
            {
                var faces = Enumerable.Range(0, random.Next(6)).Select(_ => (random.Next(200), random.Next(100))).ToArray();
                log += string.Join(',', Update(tracker, faces)) + ';';
            }

            return log;
        }
    }

    [Test]
    public void Two_faces_of_a_frame_never_share_an_id()
    {
        var random = new Random(11);
        var tracker = new FaceTracker();
        for (var frame = 0; frame < 300; frame++)
        {
            var faces = Enumerable.Range(0, 8).Select(_ => (random.Next(90), random.Next(90))).ToArray();
            Assert.That(Update(tracker, faces), Is.Unique);
        }
    }

    [Test]
    public void Following_known_faces_allocates_nothing()
    {
        var tracker = new FaceTracker();
        List<FaceDetection> faces = [.. Enumerable.Range(0, 6).Select(i => Detection(70 * i, 0))];
        List<string> ids = [];
        Assert.That(Allocations.Of(() => tracker.Update(faces, ids)), Is.Zero);
    }

    [TestCase(0, 5, "MinOverlap is 0; it must be above 0 and at most 1.")]
    [TestCase(1.5, 5, "MinOverlap is 1.5; it must be above 0 and at most 1.")]
    [TestCase(0.3, -1, "MaxMissedFrames is -1; it must be 0 or more.")]
    public void An_option_out_of_range_is_named(double overlap, int missed, string message) =>
        Assert.That(
            () => new FaceTracker(new FaceTrackerOptions { MinOverlap = overlap, MaxMissedFrames = missed }),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(message));

    private static FaceDetection Detection(int x, int y) => new(new Rect(x, y, 50, 50), 0.5f);

    private static string[] Update(FaceTracker tracker, params (int X, int Y)[] faces)
    {
        List<string> ids = ["left over"];
        tracker.Update([.. faces.Select(face => Detection(face.X, face.Y))], ids);
        return [.. ids];
    }
}

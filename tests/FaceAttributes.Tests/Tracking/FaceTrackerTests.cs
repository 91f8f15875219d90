using FaceAttributes.Detection;
using FaceAttributes.Tracking;
using Vision.Geometry;

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

    [TestCase(1.5, "f1")]
    [TestCase(1.6, "f2")]
    [TestCase(3600, "f2")]
    public void A_face_that_is_missed_keeps_its_id_for_a_while_of_the_images_time(double seconds, string id)
    {
        var tracker = new FaceTracker();
        tracker.Update([Detection(0, 0)], 100);
        Assert.That(tracker.Update([Detection(0, 0)], 100 + seconds)[0].Id, Is.EqualTo(id));
    }

    [Test]
    public void How_many_images_come_in_that_time_does_not_matter()
    {
        var tracker = new FaceTracker();
        tracker.Update([Detection(0, 0)], 0);
        for (var i = 1; i < 100; i++)
            tracker.Update([], i * 0.015);
        Assert.That(tracker.Update([Detection(0, 0)], 1.5)[0].Id, Is.EqualTo("f1"));
    }

    [Test]
    public void A_recording_that_starts_again_is_a_new_scene()
    {
        var tracker = new FaceTracker();
        tracker.Update([Detection(0, 0)], 1000);
        Assert.That(tracker.Update([Detection(0, 0)], 990)[0].Id, Is.EqualTo("f2"));
        Assert.That(tracker.Update([Detection(3, 0)], 990.1)[0].Id, Is.EqualTo("f2"));
    }

    [Test]
    public void A_clock_that_was_set_back_does_not_stop_the_time_of_the_tracks()
    {
        var tracker = new FaceTracker(new FaceTrackerOptions { MaxLostSeconds = 60 });
        tracker.Update([Detection(0, 0)], 1000);
        var track = tracker.Update([Detection(0, 0)], 999)[0];
        Assert.That((track.Id, track.Stamp), Is.EqualTo(("f2", 999.0)));
    }

    [Test]
    public void A_face_that_an_image_of_the_same_stamp_does_not_show_is_lost()
    {
        var tracker = new FaceTracker();
        var track = tracker.Update([Detection(0, 0)], 10)[0];
        Assert.That((tracker.Update([], 10).Count, track.State), Is.EqualTo((0, TrackState.Lost)));
    }

    [TestCase(0.033, 0.0)]
    [TestCase(0.033, 0.01)]
    [TestCase(2.0, 1.5)]
    public void A_face_that_every_image_shows_keeps_its_id_however_short_the_time_for_missed_ones(double interval, double lost)
    {
        var tracker = new FaceTracker(new FaceTrackerOptions { MaxLostSeconds = lost });
        tracker.Update([Detection(0, 0)], 0);
        var id = tracker.Update([Detection(0, 0)], interval)[0].Id;   // how often images come isn't known before
        for (var i = 2; i < 10; i++)
            Assert.That(tracker.Update([Detection(0, 0)], i * interval)[0].Id, Is.EqualTo(id));
        Assert.That((tracker.Update([], 10 * interval).Count, tracker.Tracks.Count), Is.EqualTo((0, lost > interval ? 1 : 0)));
    }

    [Test]
    public void Faces_are_believed_also_where_images_are_rare()
    {
        var tracker = new FaceTracker(new FaceTrackerOptions { ConfirmHits = 3, ConfirmSeconds = 0.5 });
        for (var i = 0; i < 3; i++)
            Assert.That(tracker.Update([Detection(0, 0)], i * 2), Is.Empty);
        Assert.That(tracker.Update([Detection(0, 0)], 6), Has.Count.EqualTo(1));
    }

    [Test]
    public void Images_that_overtake_each_other_are_the_same_scene()
    {
        var tracker = new FaceTracker();
        tracker.Update([Detection(0, 0)], 10);
        var track = tracker.Update([Detection(5, 0)], 9.9)[0];
        Assert.That((track.Id, track.LastSeen, track.Velocity.X), Is.EqualTo(("f1", 10.0, 0f)));
    }

    [Test]
    public void A_track_is_one_object_from_its_first_detection_on()
    {
        var tracker = new FaceTracker();
        var track = tracker.Update([Detection(0, 0)], 10)[0];
        Assert.That((track.State, track.TrackedSeconds, track.LastSeen), Is.EqualTo((TrackState.Tracked, 0.0, 10.0)));
        tracker.Update([], 10.1);
        Assert.That((track.State, track.LastSeen, track.UnseenSeconds), Is.EqualTo((TrackState.Lost, 10.0, 0.1)).Using<double>((a, b) => Math.Abs(a - b) < 1e-9));
        Assert.That(tracker.Update([Detection(4, 0)], 10.25)[0], Is.SameAs(track));
        Assert.That((track.State, track.Box.X, track.TrackedSeconds), Is.EqualTo((TrackState.Tracked, 4f, 0.25)));
        tracker.Update([], 12);
        Assert.That(tracker.Tracks, Is.Empty);
    }

    [Test]
    public void The_velocity_is_in_pixels_a_second_at_any_rate([Values(5, 10, 30)] int rate)
    {
        var tracker = new FaceTracker();
        var velocity = default(System.Numerics.Vector2);
        for (var i = 0; i <= 2 * rate; i++)
            velocity = tracker.Update([Detection(60f * i / rate, -30f * i / rate)], (double)i / rate)[0].Velocity;
        Assert.That((velocity.X, velocity.Y), Is.EqualTo((60f, -30f)).Using<(float, float)>((a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 0.1));
    }

    [Test]
    public void New_options_count_from_the_next_image_on_and_keep_the_tracks()
    {
        var tracker = new FaceTracker();
        tracker.Update([Detection(0, 0)], 0);
        tracker.Options = new FaceTrackerOptions { MaxLostSeconds = 5 };
        Assert.That(tracker.Update([Detection(0, 0)], 4)[0].Id, Is.EqualTo("f1"));
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
        var stamp = 0.0;
        Assert.That(Allocations.Of(() => tracker.Update(faces, stamp += 0.1)), Is.Zero);
    }

    [TestCase(-1, 1, 0.5, "MaxLostSeconds is -1; it must be 0 or more.")]
    [TestCase(double.NaN, 1, 0.5, "MaxLostSeconds is NaN; it must be 0 or more.")]
    [TestCase(1, 0, 0.5, "ConfirmHits is 0; it must be 1 or more.")]
    [TestCase(1, 1, -0.5, "ConfirmSeconds is -0.5; it must be 0 or more.")]
    public void An_option_out_of_range_is_named(double lost, int hits, double seconds, string message) =>
        Assert.That(
            () => new FaceTracker(new FaceTrackerOptions { MaxLostSeconds = lost, ConfirmHits = hits, ConfirmSeconds = seconds }),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(message));

    [Test]
    public void Two_people_who_cross_keep_their_ids_though_the_nearer_hides_the_other([Values(5, 10, 30)] int rate)
    {
        // 3 s, each goes 240 pixels; where the boxes overlap by more than half, only the larger one is found.
        var tracker = new FaceTracker();
        for (var i = 0; i <= 3 * rate; i++)
        {
            var t = i / (float)rate;
            var (near, far) = (new FaceDetection(Box.Square(100 + 80 * t, 200, 60), 1), new FaceDetection(Box.Square(340 - 80 * t, 196, 50), 1));
            List<FaceDetection> seen = near.Box.IntersectionOverSmaller(far.Box) > 0.5 ? [near] : [near, far];
            var ids = tracker.Update(seen, t).Select(track => track.Id).ToArray();
            Assert.That(ids, Is.EqualTo(new[] { "f1", "f2" }.Take(seen.Count)), $"at {t} s");
        }
    }

    [Test]
    public void Who_walks_behind_a_pillar_for_a_second_comes_out_with_the_same_id([Values(5, 10, 30)] int rate)
    {
        var tracker = new FaceTracker();
        for (var i = 0; i <= 4 * rate; i++)
        {
            var t = i / (float)rate;
            FaceDetection walker = new(Box.Square(100 + 90 * t, 200, 48), 1);
            var tracks = tracker.Update(t is > 1.5f and < 2.5f ? [] : [walker], t);
            Assert.That(tracks.Select(track => track.Id), Is.All.EqualTo("f1"));
            Assert.That(tracker.Tracks.Single().Box.CenterX, Is.EqualTo(walker.Box.CenterX).Within(5), "expected where it is");
        }
    }

    [Test]
    public void A_doubtful_detection_goes_on_with_a_face_but_begins_none()
    {
        var tracker = new FaceTracker();
        Assert.That(tracker.Update([Scored(0.5f)], 0, certain: 0.7f), Is.Empty);
        Assert.That(tracker.Update([Scored(0.8f)], 0.1, certain: 0.7f).Single().Id, Is.EqualTo("f1"));
        Assert.That(tracker.Update([Scored(0.5f)], 0.2, certain: 0.7f).Single().Id, Is.EqualTo("f1"));

        static FaceDetection Scored(float score) => new(new Box(10, 10, 50, 50), score);
    }

    [Test]
    public void A_certain_detection_comes_before_a_doubtful_one_that_is_nearer()
    {
        var tracker = new FaceTracker();
        tracker.Update([Detection(0, 0)], 0);
        var tracks = tracker.Update([new(new Box(1, 0, 50, 50), 0.2f), new(new Box(12, 0, 50, 50), 0.9f)], 0.1, certain: 0.5f);
        Assert.That(tracks.Single().Box.X, Is.EqualTo(12));
    }

    [Test]
    public void A_face_is_believed_after_as_many_images_as_wanted_and_forgotten_if_they_dont_come_in_time()
    {
        var tracker = new FaceTracker(new FaceTrackerOptions { ConfirmHits = 3, ConfirmSeconds = 0.3 });
        Assert.That(tracker.Update([Detection(0, 0)], 0), Is.Empty);
        Assert.That(tracker.Tracks.Single().State, Is.EqualTo(TrackState.Tentative));
        Assert.That(tracker.Update([Detection(0, 0)], 0.2), Is.Empty);
        Assert.That(tracker.Update([Detection(0, 0)], 0.4), Has.Count.EqualTo(1));
        tracker.Update([Detection(300, 0)], 0.5);
        tracker.Update([], 0.9);
        Assert.That(tracker.Tracks.Select(track => track.Id), Is.EqualTo(new[] { "f1" }), "f2 was not seen again in 0.3 s");
    }

    [Test]
    public void Half_a_face_behind_another_one_is_no_new_face()
    {
        var tracker = new FaceTracker();
        tracker.Update([Detection(100, 100)], stamp: 0);
        var half = new FaceDetection(new Box(130, 105, 30, 40), 0.9f);
        Assert.That(tracker.Update([Detection(101, 100), half], stamp: 0.1).Select(track => track.Id), Is.EqualTo(new[] { "f1" }));
        Assert.That(tracker.Update([Detection(102, 100), Detection(140, 100)], stamp: 0.2), Has.Count.EqualTo(2), "one beside it is");
    }

    [Test]
    public void A_larger_face_behind_a_known_one_is_a_new_face()
    {
        var tracker = new FaceTracker();
        var child = new FaceDetection(new Box(100, 140, 60, 60), 0.9f);
        tracker.Update([child], 0);
        Assert.That(tracker.Update([child, new FaceDetection(new Box(90, 90, 100, 100), 0.9f)], 0.1), Has.Count.EqualTo(2));
    }

    [Test]
    public void Half_a_face_does_not_lead_astray_where_it_is_expected()
    {
        var tracker = new FaceTracker();
        for (var i = 0; i <= 10; i++)
            tracker.Update([Detection(100, 100)], stamp: i / 10.0);

        // A part goes behind a board, comes out, and the face has not moved.
        tracker.Update([new FaceDetection(new Box(100, 104, 36, 42), 0.9f)], stamp: 1.1);
        Assert.That(Math.Abs(tracker.Tracks.Single().Velocity.X), Is.LessThan(50));
        Assert.That(tracker.Update([Detection(100, 100)], stamp: 1.2).Single().Id, Is.EqualTo("f1"));
    }

    [Test]
    public void A_face_where_one_was_a_moment_ago_is_that_one_however_it_moved_before()
    {
        var tracker = new FaceTracker();
        for (var i = 0; i <= 10; i++)
            tracker.Update([Detection(100 + 8 * i, 100)], stamp: i / 30.0);
        Assert.That(tracker.Tracks.Single().Velocity.X, Is.GreaterThan(150));
        var track = tracker.Update([Detection(168, 100)], stamp: 11 / 30.0).Single();
        Assert.That((track.Id, track.Velocity.X), Is.EqualTo(("f1", 0)));
    }

    [Test]
    public void Looks_tell_apart_two_whose_places_would_fit_as_well()
    {
        var (light, dark) = (Look(0.2f), Look(-0.2f));
        var tracker = new FaceTracker();
        tracker.Update([Detection(100, 100) with { Appearance = light }, Detection(180, 100) with { Appearance = dark }], stamp: 0);

        // Half a second later both are in the middle between the places; only their looks tell who is who.
        var swapped = tracker.Update([Detection(139, 100) with { Appearance = dark }, Detection(141, 100) with { Appearance = light }], stamp: 0.5);
        Assert.That(swapped.Select(track => track.Id), Is.EqualTo(new[] { "f2", "f1" }));

        static FaceAppearance Look(float pattern)
        {
            var look = default(FaceAppearance);
            for (var i = 0; i < 16; i++)
                look[i] = i % 2 == 0 ? 5 * pattern : -5 * pattern;
            return look;
        }
    }

    [Test]
    public void One_who_looks_the_same_is_known_again_farther_from_the_expected_place()
    {
        var look = default(FaceAppearance);
        look[3] = 2;
        foreach (var (appearance, id) in new (FaceAppearance?, string)[] { (look, "f1"), (null, "f2") })
        {
            var tracker = new FaceTracker();
            for (var i = 0; i <= 10; i++)
                tracker.Update([Detection(100, 100) with { Appearance = look }], stamp: i / 10.0);
            Assert.That(tracker.Update([Detection(240, 100) with { Appearance = appearance }], stamp: 1.5).Single().Id, Is.EqualTo(id));
        }
    }

    [TestCase(10)]
    [TestCase(-10)]
    public void The_box_of_a_face_that_is_lost_for_long_does_not_shrink_to_nothing_nor_fill_the_image(int growth)
    {
        var tracker = new FaceTracker(new FaceTrackerOptions { MaxLostSeconds = 60 });
        for (var i = 0; i < 4; i++)
        {
            var side = 60 + growth * i;
            tracker.Update([new FaceDetection(new Box(300 - side / 2f, 300 - side / 2f, side, side), 0.9f)], stamp: i / 10.0);
        }

        var last = tracker.Tracks[0].Box.Width;
        for (var i = 4; i < 100; i++)
            tracker.Update([], stamp: i / 10.0);
        Assert.That(tracker.Tracks[0].Box.Width, Is.InRange(last / 2 - 1, 2 * last + 1));
    }

    private static FaceDetection Detection(float x, float y) => new(new Box(x, y, 50, 50), 0.5f);

    // A tenth of a second after the image before
    private static string[] Update(FaceTracker tracker, params (int X, int Y)[] faces)
    {
        var stamp = tracker.Tracks.Count == 0 ? 0 : tracker.Tracks.Max(track => track.LastSeen) + 0.1;
        return [.. tracker.Update([.. faces.Select(face => Detection(face.X, face.Y))], stamp).Select(track => track.Id)];
    }
}

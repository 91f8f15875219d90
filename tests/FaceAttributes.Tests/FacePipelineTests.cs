using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Detection.Haar;
using FaceAttributes.Smoothing;
using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Tests;

[TestFixture]
public sealed class FacePipelineTests
{
    [Test]
    public void A_portrait_goes_in_and_a_face_with_all_attributes_comes_out()
    {
        using var pipeline = CreatePipeline();
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        var faces = pipeline.Process(frame, stamp: 0);
        Assert.That(faces, Has.Count.EqualTo(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(faces[0].Id, Is.EqualTo("f1"));
            Assert.That(faces[0].Box.ToRect().Contains(new Point(222, 116)), "the nose");
            Assert.That(faces[0].Attributes.Select(a => a.Attribute), Is.EqualTo(new[] { "emotion", "gender", "age" }));
            Assert.That(faces[0].Find("gender")!.Smoothed.Labels, Is.EqualTo(new[] { "female", "male" }));
            Assert.That(faces[0].Find("age")!.Smoothed.Mean, Is.InRange(0, 80));
            Assert.That(faces[0].Find("glasses"), Is.Null);
        }
    }

    [Test]
    public void Each_face_gets_what_the_network_says_to_its_own_box()
    {
        using var pipeline = CreatePipeline();
        using var scene = TwoPortraits(gap: 0);
        using var frame = new ImageFrame();
        frame.Set(scene);
        var faces = pipeline.Process(frame, stamp: 0);
        Assert.That(faces, Has.Count.EqualTo(2));
        foreach (var face in faces)
        {
            foreach (var classifier in pipeline.Classifiers)
            {
                classifier.Classify(frame, [face.Box]);
                for (var head = 0; head < classifier.Manifest.Heads.Count; head++)
                {
                    var distribution = face.Find(classifier.Manifest.Heads[head].Attribute)!.Smoothed;
                    Assert.That(distribution.Probabilities.ToArray(), Is.EqualTo(classifier.Probabilities(head).ToArray()).Within(1e-5));
                }
            }
        }
    }

    [Test]
    public void Faces_come_from_left_to_right_and_keep_their_ids_while_they_move()
    {
        using var pipeline = CreatePipeline();
        using var frame = new ImageFrame();
        for (var gap = 0; gap <= 60; gap += 20)
        {
            using var scene = TwoPortraits(gap);
            frame.Set(scene);
            var faces = pipeline.Process(frame, stamp: gap / 100.0);
            Assert.That(faces.Select(face => face.Id), Is.EqualTo(new[] { "f1", "f2" }));
            Assert.That(faces[0].Box.X, Is.LessThan(faces[1].Box.X));
        }
    }

    [Test]
    public void Faces_keep_their_ids_and_their_places_when_JPEGs_are_decoded_to_fewer_pixels_or_more()
    {
        using var pipeline = CreatePipeline();
        using var scene = TwoPortraits(gap: 0);
        using var large = scene.Resize(new Size(1280, 960));
        var jpeg = large.ToBytes(".jpg");
        using var frame = new ImageFrame();
        var before = Look(enoughPixels: 1280, stamp: 0);
        Assert.That(before.Select(face => face.Id), Is.EqualTo(new[] { "f1", "f2" }));
        var (stamp, left) = (0.0, before[0].Box.X);
        foreach (var (enough, reduction) in ((int, int)[])[(640, 2), (320, 4), (1280, 1)])
        {
            var faces = Look(enough, stamp += 0.1);
            Assert.That(frame.Reduction, Is.EqualTo(reduction));
            Assert.That(faces.Select(face => face.Id), Is.EqualTo(new[] { "f1", "f2" }));
            Assert.That(faces[0].Box.X * reduction, Is.EqualTo(left).Within(0.1 * faces[0].Box.Width * reduction));
            Assert.That(faces[0].Velocity.Length() * reduction, Is.LessThan(200), "in pixels a second, where the face would have jumped by hundreds in a tenth");
        }

        IReadOnlyList<Track> Look(int enoughPixels, double stamp)
        {
            frame.SetCompressed(jpeg, "jpeg", enoughPixels);
            return pipeline.Process(frame, stamp);
        }
    }

    [Test]
    public void A_picture_without_a_face_gives_an_empty_list()
    {
        using var pipeline = CreatePipeline();
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        pipeline.Process(frame, stamp: 0);
        frame.Set(new byte[320 * 240], 320, 240, 320, "mono8");
        Assert.That(pipeline.Process(frame, stamp: 0), Is.Empty);
    }

    [Test]
    public void Without_networks_faces_are_found_all_the_same()
    {
        using var pipeline = new FacePipeline(new HaarCascadeDetector(), []);
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        Assert.That(pipeline.Process(frame, stamp: 0).Single().Attributes, Is.Empty);
    }

    [Test]
    public void A_warm_frame_allocates_nothing([Values("bgr8", "rgb8", "mono8")] string encoding)
    {
        using var pipeline = CreatePipeline();
        using var scene = TwoPortraits(gap: 0);
        using var pixels = encoding == "mono8" ? scene.CvtColor(ColorConversionCodes.BGR2GRAY) : scene.Clone();
        using var frame = new ImageFrame();
        var (width, height, step) = (pixels.Width, pixels.Height, (int)pixels.Step());
        var faces = 0;
        var allocated = Allocations.Of(() =>
        {
            frame.Set(pixels.Data, step * height, width, height, step, encoding);
            faces = pipeline.Process(frame, stamp: 0).Count;
        });
        Assert.That((faces, allocated), Is.EqualTo((2, 0.0)));
    }

    [Test]
    public void The_stages_are_timed()
    {
        using var pipeline = CreatePipeline();
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        pipeline.Process(frame, stamp: 0);
        var timings = pipeline.LastTimings;
        Assert.That(timings.Detect, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(timings.Classify, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(timings.Total, Is.GreaterThanOrEqualTo(timings.Detect + timings.Classify));
    }

    [Test]
    public void Astronauts_of_apollo_1_are_all_found()
    {
        using var pipeline = CreatePipeline();
        using var frame = new ImageFrame();
        using var photograph = Cv2.ImRead(Photographs.Scene("nasa_apollo1_crew.jpg"));
        using var picture = photograph.Resize(
            new Size(640, photograph.Height * 640 / photograph.Width), 0, 0, InterpolationFlags.Area);
        frame.Set(picture);
        var faces = pipeline.Process(frame, stamp: 0);
        Point[] noses = [new(178, 142), new(316, 112), new(455, 126)];
        Assert.That(faces, Has.Count.EqualTo(3));
        for (var i = 0; i < 3; i++)
            Assert.That(faces[i].Box.ToRect().Contains(noses[i]), $"face {i + 1}");
    }

    [Test]
    public void Most_of_the_29_faces_of_the_solvay_conference_are_found_and_nothing_else()
    {
        using var pipeline = CreatePipeline();
        using var frame = new ImageFrame();
        using var photograph = Cv2.ImRead(Photographs.Scene("solvay1927.jpg"));
        using var picture = photograph.Resize(new Size(1280, photograph.Height * 1280 / photograph.Width), 0, 0, InterpolationFlags.Area);
        frame.Set(picture);
        var faces = pipeline.Process(frame, stamp: 0);
        Assert.That(faces, Has.Count.InRange(23, 29));
        Assert.That(faces.Select(face => face.Box.Bottom), Is.All.LessThan(230), "no face below the heads");
    }

    [Test]
    public void A_face_that_is_shown_badly_is_followed_but_not_classified()
    {
        using var pipeline = CreatePipeline();
        pipeline.ClassificationOptions = new ClassificationOptions { MinQuality = 0.99 };
        using var photograph = Cv2.ImRead(Photographs.Astronaut);
        using var picture = new Mat();
        photograph.ConvertTo(picture, -1, 0.2);
        using var frame = new ImageFrame();
        frame.Set(picture);
        var face = pipeline.Process(frame, stamp: 1).Single();
        Assert.That((face.Id, face.LastClassified, face.Find("emotion")!.Smoothed.Label), Is.EqualTo(("f1", double.NegativeInfinity, "unknown")));
        pipeline.ClassificationOptions = new ClassificationOptions { MinQuality = face.Quality };
        Assert.That(pipeline.Process(frame, stamp: 2).Single().LastClassified, Is.EqualTo(2));
    }

    [Test]
    public void The_gender_of_a_face_that_looks_younger_than_it_may_is_unknown()
    {
        using var pipeline = CreatePipeline();
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        var (gender, age) = Look(stamp: 1, minAge: 10);
        Assert.That(gender, Is.AnyOf("female", "male"));
        Assert.That(Look(stamp: 2, minAge: age - 1).Gender, Is.EqualTo(gender));
        Assert.That(Look(stamp: 3, minAge: age + 1).Gender, Is.EqualTo("unknown"));
        Assert.That(Look(stamp: 4, minAge: 0).Gender, Is.EqualTo(gender));

        (string Gender, double Age) Look(double stamp, double minAge)
        {
            pipeline.ClassificationOptions = new ClassificationOptions { MinAgeForGender = minAge };
            var face = pipeline.Process(frame, stamp).Single();
            return (face.Find("gender")!.Smoothed.Label, face.Find("age")!.Smoothed.Mean);
        }
    }

    [Test]
    public void With_less_time_than_faces_new_ones_come_first_and_then_each_in_turn()
    {
        using var pipeline = CreatePipeline();
        using var scene = TwoPortraits(gap: 0);
        using var frame = new ImageFrame();
        frame.Set(scene);
        pipeline.Process(frame, stamp: 1); // Nobody knows yet what a face costs.
        pipeline.ClassificationOptions = new ClassificationOptions { Budget = TimeSpan.FromTicks(1) };
        var first = Classified(2);
        Assert.That(first, Has.Length.EqualTo(1));
        Assert.That(first.Concat(Classified(3)), Is.EquivalentTo(new[] { "f1", "f2" }));
        Assert.That(Classified(4), Is.EqualTo(first));

        string[] Classified(double stamp) =>
            [.. pipeline.Process(frame, stamp).Where(face => face.LastClassified == stamp).Select(face => face.Id)];
    }

    [Test]
    public void Each_face_has_its_turn_once_in_an_interval_however_fast_images_come()
    {
        using var pipeline = CreatePipeline();
        pipeline.ClassificationOptions = new ClassificationOptions { IntervalSeconds = 0.1 };
        using var scene = TwoPortraits(gap: 0);
        using var frame = new ImageFrame();
        frame.Set(scene);
        List<string> classified = [];
        for (var i = 0; i < 5; i++)
        {
            var stamp = 1 + i * 0.05;
            classified.Add(string.Concat(pipeline.Process(frame, stamp).Where(face => face.LastClassified == stamp).Select(face => face.Id)));
        }

        Assert.That(classified[0], Is.EqualTo("f1f2"), "both are new");
        Assert.That(classified[1] + classified[2], Is.EqualTo("f1f2").Or.EqualTo("f2f1"));
        Assert.That(classified[3] + classified[4], Is.EqualTo(classified[1] + classified[2]));
    }

    [Test]
    public void A_face_that_is_gone_for_a_moment_is_among_the_lost_ones()
    {
        using var pipeline = CreatePipeline();
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        pipeline.Process(frame, stamp: 0);
        Assert.That(pipeline.LostTracks, Is.Empty);
        frame.Set(new byte[512 * 512], 512, 512, 512, "mono8");
        Assert.That(pipeline.Process(frame, stamp: 0.5), Is.Empty);
        Assert.That((pipeline.LostTracks.Single().Id, pipeline.LostTracks.Single().UnseenSeconds), Is.EqualTo(("f1", 0.5)));
    }

    [Test]
    public void Between_full_searches_faces_are_found_near_where_they_are_expected_and_new_ones_at_the_next()
    {
        using var pipeline = new FacePipeline(new HaarCascadeDetector(), []) { FullSearchSeconds = 0.5 };
        using var frame = new ImageFrame();
        using var one = TwoPortraits(gap: 0, newcomer: false);
        frame.Set(one);
        Assert.That(pipeline.Process(frame, stamp: 1).Select(face => face.Id), Is.EqualTo(new[] { "f1" }));
        for (var i = 1; i <= 4; i++)
        {
            using var scene = TwoPortraits(gap: 6 * i);
            frame.Set(scene);
            Assert.That(pipeline.Process(frame, stamp: 1 + i / 10.0).Select(face => face.Id), Is.EqualTo(new[] { "f1" }));
        }

        Assert.That(pipeline.Process(frame, stamp: 1.5).Select(face => face.Id), Is.EqualTo(new[] { "f1", "f2" }));
        Assert.That(pipeline.Process(frame, stamp: 1.6).Select(face => face.Id), Is.EqualTo(new[] { "f1", "f2" }));
    }

    [Test]
    public void What_does_not_change_is_looked_at_often_at_first_and_seldom_then()
    {
        using var pipeline = new FacePipeline(new HaarCascadeDetector(), [AttributeClassifier.Load(TestFiles.GrayProbabilities)])
        {
            ClassificationOptions = new ClassificationOptions { IntervalSeconds = 0.1 },
        };
        var attribute = pipeline.Classifiers[0].Manifest.Heads[0].Attribute;
        pipeline.SmoothingOptions = new SmoothingOptions { Seconds = new Dictionary<string, double> { [attribute] = 5 } };
        using var scene = TwoPortraits(gap: 0, newcomer: false);
        using var frame = new ImageFrame();
        frame.Set(scene);
        List<double> looks = [];
        for (var i = 0; i < 26; i++)
        {
            if (pipeline.Process(frame, stamp: i / 10.0).Single().LastClassified == i / 10.0)
                looks.Add(i / 10.0);
        }

        // Then in a tenth of the time constant: half a second.
        Assert.That(looks, Is.EqualTo(new[] { 0, 0.1, 0.2, 0.3, 0.4, 0.7, 1.2, 1.7, 2.2 }).Within(1e-9));
    }

    [Test]
    public void Between_searches_many_faces_take_turns_and_those_whose_turn_it_is_not_are_where_they_are_expected()
    {
        var detector = new CountingDetector { Faces = 4, NearCost = 0.05f };
        using var pipeline = new FacePipeline(detector, []) { FullSearchSeconds = 0.5 };
        using var scene = TwoPortraits(gap: 0);
        using var frame = new ImageFrame();
        frame.Set(scene);
        List<string> turns = [];
        for (var i = 0; i < 5; i++)
        {
            var faces = pipeline.Process(frame, stamp: i / 10.0);
            Assert.That(faces.Select(face => (face.Id, face.State, face.Box.X)), Is.EqualTo(
                Enumerable.Range(0, 4).Select(face => ($"f{face + 1}", TrackState.Tracked, 100f * face))));
            turns.Add(string.Concat(faces.Where(face => face.UnseenSeconds == 0).Select(face => face.Id)));
        }

        Assert.That(turns, Is.EqualTo(new[] { "f1f2f3f4", "f1f2", "f3f4", "f1f2", "f3f4" }));
        Assert.That((detector.Searches, detector.Near), Is.EqualTo((1, 8)));
        pipeline.Process(frame, stamp: 0.5);
        Assert.That((detector.Searches, detector.Near), Is.EqualTo((2, 8)));
    }

    [TestCase(2, 9, 9.1, 8)]
    [TestCase(2, 9, 9.5, 10, 9.6)]
    [TestCase(3, 0, 0.5, 1, 0, 0.5, 1, 0, 0.5)]
    [TestCase(3, 5, 5, 5)]
    public void Where_time_steps_back_or_stands_still_the_whole_image_is_searched(int searches, params double[] stamps)
    {
        var detector = new CountingDetector { Faces = 1, NearCost = 0.05f };
        using var pipeline = new FacePipeline(detector, []) { FullSearchSeconds = 10 };
        using var scene = TwoPortraits(gap: 0);
        using var frame = new ImageFrame();
        frame.Set(scene);
        foreach (var stamp in stamps)
            Assert.That(pipeline.Process(frame, stamp), Has.Count.EqualTo(1));
        Assert.That(detector.Searches, Is.EqualTo(searches));
    }

    [Test]
    public void Who_was_passed_over_keeps_its_id_however_short_the_time_for_missed_ones()
    {
        var detector = new CountingDetector { Faces = 3, NearCost = 0.05f };
        using var pipeline = new FacePipeline(detector, []) { FullSearchSeconds = 0.1, TrackerOptions = new FaceTrackerOptions { MaxLostSeconds = 0 } };
        using var scene = TwoPortraits(gap: 0);
        using var frame = new ImageFrame();
        frame.Set(scene);
        for (var i = 0; i < 12; i++)
            Assert.That(pipeline.Process(frame, stamp: i / 30.0).Select(face => face.Id), Is.EqualTo(new[] { "f1", "f2", "f3" }));
        Assert.That(detector.Near, Is.Positive);
    }

    [Test]
    public void Where_a_look_near_a_face_saves_nothing_the_whole_image_is_searched()
    {
        var detector = new CountingDetector { Faces = 1, NearCost = 1 };
        using var pipeline = new FacePipeline(detector, []) { FullSearchSeconds = 10 };
        using var scene = TwoPortraits(gap: 0);
        using var frame = new ImageFrame();
        frame.Set(scene);
        pipeline.Process(frame, stamp: 1);
        pipeline.Process(frame, stamp: 1.1);
        Assert.That((detector.Searches, detector.Near), Is.EqualTo((2, 0)));
    }

    private static FacePipeline CreatePipeline() => new(
        new HaarCascadeDetector(),
        [AttributeClassifier.Load(TestFiles.GrayProbabilities), AttributeClassifier.Load(TestFiles.TwoHeads)]);

    /// <summary>Both portraits side by side, 640 x 480, that far further apart.</summary>
    private static Mat TwoPortraits(int gap, bool newcomer = true)
    {
        var scene = new Mat(480, 640, MatType.CV_8UC3, Scalar.All(90));
        Paste(Photographs.Astronaut, new Rect(30 - gap / 2, 100, 280, 280));
        if (newcomer)
            Paste(Photographs.GraceHopper, new Rect(330 + gap / 2, 100, 250, 300));
        return scene;

        void Paste(string photograph, Rect place)
        {
            using var picture = Cv2.ImRead(photograph);
            using var sized = picture.Resize(place.Size, 0, 0, InterpolationFlags.Area);
            using var part = new Mat(scene, place);
            sized.CopyTo(part);
        }
    }

    private sealed class CountingDetector : IFaceDetector
    {
        public int Faces { get; init; }

        public int Searches { get; private set; }

        public int Near { get; private set; }

        public string Name => "counting";

        public float NearCost { get; set; }

        public void Detect(ImageFrame frame, Rect region, List<FaceDetection> detections)
        {
            Searches++;
            detections.Clear();
            detections.AddRange(Enumerable.Range(0, Faces).Select(i => new FaceDetection(new Box(100 * i, 50, 60, 60), 0.9f)));
        }

        public void DetectNear(ImageFrame frame, in Box expected, List<FaceDetection> detections)
        {
            Near++;
            detections.Clear();
            detections.Add(new FaceDetection(expected, 0.9f));
        }

        public void Dispose()
        {
        }
    }
}

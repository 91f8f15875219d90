using System.Collections.Concurrent;
using face_attributes.msg;
using face_attributes.srv;
using FaceAttributes.Detection;
using FaceAttributes.Tracking;
using hri_msgs.msg;
using OpenCvSharp;
using rclcs;
using rclcs.Serialization;
using rclcs.Tests.Support;
using std_srvs.srv;
using CompressedImage = sensor_msgs.msg.CompressedImage;
using Image = sensor_msgs.msg.Image;

namespace FaceAttributes.Node.Tests;

/// <summary>The node as its neighbours in the graph see it: images in, faces and an annotated image out.</summary>
public partial class FaceAttributesNodeTests
{
    private static readonly QosProfile Reliable = QosProfile.Default;

    private NodePair _pair = null!;
    private FaceAttributesNode _faceAttributes = null!;
    private IPublisher<Image> _camera = null!;
    private ISubscription<FaceAttributesArray> _faces = null!;
    private BlockingCollection<(string FrameId, int Sec, int Faces, Rect Roi, string Ids, string Labels)> _heard = null!;

    [SetUp]
    public void Start()
    {
        _heard = [];
        _pair = new NodePair("face_attributes",
            "--ros-args", "-p", "input.reliability:=reliable", "-p", "input.transport:=raw", "-p", "models.names:=[]", "-r", "image:=/camera/image_raw");
        _faceAttributes = new FaceAttributesNode(_pair.Node);
        Assert.That(_faceAttributes.Start());
        _camera = _pair.Neighbour.CreatePublisher<Image>("/camera/image_raw", Reliable);
        _faces = _pair.Neighbour.CreateSubscription<FaceAttributesArray>("/face_attributes/faces", message => _heard.Add(Copy(message)), Reliable);
    }

    [TearDown]
    public void Stop()
    {
        _faceAttributes.Dispose();
        _camera.Dispose();
        _faces.Dispose();
        _pair.Dispose();
        _heard.Dispose();
    }

    [TestCase("bgr8")]
    [TestCase("rgb8")]
    [TestCase("bgra8")]
    [TestCase("rgba8")]
    [TestCase("mono8")]
    [TestCase("yuv422")]
    [TestCase("yuv422_yuy2")]
    public void A_face_is_found_in_every_encoding_and_the_header_comes_back(string encoding)
    {
        using var photograph = Photograph();
        Publish(Encode(photograph, encoding, padding: 24, sec: 7));

        var answer = Next();
        Assert.That((answer.FrameId, answer.Sec, answer.Faces), Is.EqualTo(("camera", 7, 1)));
        var middle = new Point(answer.Roi.X + answer.Roi.Width / 2, answer.Roi.Y + answer.Roi.Height / 2);
        Assert.That((middle.X, middle.Y), Is.EqualTo((223, 115)).Within(25), "Eileen Collins' face");
    }

    [Test]
    public void An_image_without_a_face_is_answered_with_an_empty_array()
    {
        using var wall = new Mat(240, 320, MatType.CV_8UC3, new Scalar(90, 120, 140));
        Publish(Encode(wall, "bgr8", padding: 0, sec: 1));

        Assert.That(Next().Faces, Is.Zero);
    }

    [TestCase("an encoding that does not exist")]
    [TestCase("a buffer that is too short")]
    [TestCase("a size beyond all bounds")]
    public void After_an_image_that_cannot_be_read_the_node_goes_on(string fault)
    {
        using var photograph = Photograph();
        var bad = Encode(photograph, "bgr8", padding: 0, sec: 1);
        switch (fault)
        {
            case "an encoding that does not exist": bad.Encoding = "rgb9"; break;
            case "a buffer that is too short": bad.Data = bad.Data[..^1000]; break;
            default: bad.Width = bad.Height = bad.Step = uint.MaxValue; break;
        }
        Publish(bad);
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 2));

        Assert.That(_faceAttributes.Worker.Skipped, Is.EqualTo(1));
        Assert.That(Next().Sec, Is.EqualTo(2));
    }

    [Test]
    public void The_annotated_image_is_drawn_when_somebody_subscribes()
    {
        using var annotated = new BlockingCollection<(int Sec, uint Width, uint Height, string Encoding)>();
        using var subscription = _pair.Neighbour.CreateSubscription<Image>(
            "/face_attributes/annotated", image => annotated.Add((image.Header.Stamp.Sec, image.Width, image.Height, image.Encoding)), Reliable);
        Assert.That(subscription.WaitForPublishers(1, Within.Time), Is.True);
        using var photograph = Photograph();
        Publish(Encode(photograph, "mono8", padding: 0, sec: 5));
        _pair.SpinUntil(() => annotated.Count > 0);

        Assert.That(annotated.Take(), Is.EqualTo((5, 512u, 512u, "bgr8")));
    }

    [Test]
    public void The_annotated_image_comes_compressed_too_and_goes_when_it_is_switched_off()
    {
        using var jpegs = new BlockingCollection<(int Sec, string Format, int Width)>();
        using var subscription = _pair.Neighbour.CreateSubscription<CompressedImage>("/face_attributes/annotated/compressed", image =>
        {
            using var picture = Cv2.ImDecode(image.Data.ToArray(), ImreadModes.Color);
            jpegs.Add((image.Header.Stamp.Sec, image.Format, picture.Width));
        }, Reliable);
        Assert.That(subscription.WaitForPublishers(1, Within.Time), Is.True);
        using var photograph = Photograph();
        Publish(Encode(photograph, "mono8", padding: 0, sec: 5));
        _pair.SpinUntil(() => jpegs.Count > 0);
        Assert.That(jpegs.Take(), Is.EqualTo((5, "bgr8; jpeg compressed bgr8", 512)));

        Assert.That(_pair.Node.Parameters.Set("annotated.enabled", false).Successful);
        _pair.SpinUntil(() => subscription.PublisherCount == 0);
        Publish(Encode(photograph, "mono8", padding: 0, sec: 6));
        Assert.That(_pair.Node.Parameters.Set("annotated.enabled", true).Successful);
        _pair.SpinUntil(() => subscription.PublisherCount == 1);
        Publish(Encode(photograph, "mono8", padding: 0, sec: 7));
        _pair.SpinUntil(() => jpegs.Count > 0);
        Assert.That(jpegs.Take().Sec, Is.EqualTo(7));
    }

    [Test]
    public void Faces_are_detections_of_vision_msgs_on_demand()
    {
        using var heard = new BlockingCollection<(int Sec, string Id, string ClassId, Point2d Center)>();
        using var subscription = _pair.Neighbour.CreateSubscription<vision_msgs.msg.Detection2DArray>("/face_attributes/detections", message =>
        {
            var face = message.Detections.Single();
            var center = face.Bbox.Center.Position;
            heard.Add((message.Header.Stamp.Sec, face.Id, face.Results.Single().Hypothesis.ClassId, new Point2d(center.X, center.Y)));
        }, Reliable);
        Assert.That(_pair.Node.Parameters.Set("detections.enabled", true).Successful);
        Assert.That(subscription.WaitForPublishers(1, Within.Time), Is.True);
        using var photograph = Photograph();
        Publish(Encode(photograph, "mono8", padding: 0, sec: 5));
        _pair.SpinUntil(() => heard.Count > 0);
        var face = heard.Take();
        Assert.That((face.Sec, face.Id, face.ClassId), Is.EqualTo((5, "f1", "face")));
        Assert.That((face.Center.X, face.Center.Y), Is.EqualTo((223.0, 115.0)).Within(25.0));
    }

    [Test]
    public void The_topics_of_REP_155_go_when_nobody_listens_any_more()
    {
        Assert.That(_pair.Node.Parameters.SetAtomically([Parameter.From("models.names", Array.Empty<string>()), Parameter.From("hri.enabled", true)]).Successful);
        using var photograph = Photograph();
        var id = "";
        using (var tracked = _pair.Neighbour.CreateSubscription<IdsList>("/humans/faces/tracked", message => id = message.Ids.FirstOrDefault(id), Reliable))
        {
            Assert.That(tracked.WaitForPublishers(1, Within.Time), Is.True);
            Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
            _pair.SpinUntil(() => id.Length > 0 && _pair.Neighbour.Graph.CountPublishers($"/humans/faces/{id}/roi") == 1);
        }

        _pair.SpinUntil(() => _pair.Neighbour.Graph.CountPublishers($"/humans/faces/{id}/roi") == 0);
    }

    [Test]
    public void A_face_has_the_topics_of_REP_155_as_long_as_it_is_followed()
    {
        Assert.That(_pair.Node.Parameters.SetAtomically([
            Parameter.From("models.names", (string[])["people_accurate", "emotion_accurate"]),
            Parameter.From("hri.enabled", true),
        ]).Successful);
        using var photograph = Photograph();
        using var ids = new BlockingCollection<string>();
        using var tracked = _pair.Neighbour.CreateSubscription<IdsList>("/humans/faces/tracked", message => ids.Add(string.Join(' ', message.Ids)), Reliable);
        Assert.That(tracked.WaitForPublishers(1, Within.Time), Is.True);
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
        _pair.SpinUntil(() => ids.Count > 0);
        var id = ids.Take();
        Assert.That(id, Does.Match("^[a-z]{5}_f1$"), "of no other node or start");

        NormalizedRegionOfInterest2D? roi = null;
        Expression? expression = null;
        byte? gender = null;
        (uint Width, uint Height) cropped = default, aligned = default;
        List<NormalizedPointOfInterest2D>? landmarks = null;
        using var a = Hear<NormalizedRegionOfInterest2D>("roi", message => roi = message);
        using var b = Hear<Expression>("expression", message => expression = message);
        using var c = Hear<SoftBiometrics>("softbiometrics", message => gender = message.Gender);
        using var d = Hear<Image>("cropped", message => cropped = (message.Width, message.Height));
        using var e = Hear<Image>("aligned", message => aligned = (message.Width, message.Height));
        using var f = Hear<FacialLandmarks>("landmarks", message => landmarks = [.. message.Landmarks]);
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
        _pair.SpinUntil(() => roi is not null && expression is not null && gender is not null && cropped != default);
        Assert.That((landmarks, aligned), Is.EqualTo(((List<NormalizedPointOfInterest2D>?)null, (0u, 0u))), "This detector finds no eyes");
        Assert.That(_pair.Node.Parameters.Set("detector", "blazeface").Successful);
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
        _pair.SpinUntil(() => landmarks is not null && aligned != default);

        Assert.That(((roi!.Xmin + roi.Xmax) / 2 * 512, (roi.Ymin + roi.Ymax) / 2 * 512), Is.EqualTo((223.0, 115.0)).Within(25.0));
        Assert.That((expression!.Expression_, expression.Valence, expression.Arousal), Is.EqualTo((Expression.HAPPY, float.NaN, float.NaN)));
        Assert.That(gender, Is.EqualTo(SoftBiometrics.FEMALE));
        Assert.That(cropped.Width, Is.EqualTo(Math.Round((roi.Xmax - roi.Xmin) * 512)).Within(2));
        Assert.That(aligned, Is.EqualTo((128u, 128u)));
        var (right, left) = (landmarks![FacialLandmarks.RIGHT_PUPIL], landmarks[FacialLandmarks.LEFT_PUPIL]);
        Assert.That((right.C, left.C, landmarks[0].C), Is.EqualTo((1f, 1f, 0f)));
        Assert.That(right.X, Is.InRange(roi.Xmin, left.X));
        Assert.That(left.X, Is.LessThan(roi.Xmax));

        using var wall = new Mat(512, 512, MatType.CV_8UC3, new Scalar(90, 120, 140));
        Publish(Encode(wall, "bgr8", padding: 0, sec: 2));
        _pair.SpinUntil(() => ids.Contains(""));
        Assert.That(a.PublisherCount, Is.EqualTo(1), "it may be found again");
        Publish(Encode(wall, "bgr8", padding: 0, sec: 10));
        _pair.SpinUntil(() => a.PublisherCount == 0);

        ISubscription Hear<T>(string topic, Action<T> take)
            where T : class, rclcs.Serialization.IMessage<T>, new()
        {
            var subscription = _pair.Neighbour.CreateSubscription($"/humans/faces/{id}/{topic}", take, Reliable);
            Assert.That(subscription.WaitForPublishers(1, Within.Time), Is.True, topic);
            return subscription;
        }
    }

    [Test]
    public void In_lock_step_the_same_images_give_the_same_messages_byte_for_byte()
    {
        const int Count = 25;
        using var photograph = Photograph();
        var images = Enumerable.Range(1, Count).Select(i =>
        {
            var image = Encode(photograph[new Rect(2 * i, i, 400, 400)], "bgr8", padding: 0, sec: 1);
            image.Header.Stamp.Nanosec = (uint)(i * 33_000_000);
            return image;
        }).ToList();
        var first = Play();
        Stop();
        Start();
        Assert.That(Play(), Is.EqualTo(first));

        // As fast as they can be sent, so that some would be dropped otherwise.
        List<string> Play()
        {
            Assert.That(_pair.Node.Parameters.SetAtomically([
                Parameter.From("models.names", (string[])["gender", "face"]), Parameter.From("models.budget_ms", 0.001),
                Parameter.From("input.lock_step", true)]).Successful);
            var messages = new List<string>();
            using var faces = _pair.Neighbour.CreateSubscription<FaceAttributesArray>(
                "/face_attributes/faces", message => messages.Add(Convert.ToHexString(MessageSerializer.Serialize(message))),
                Reliable with { History = HistoryPolicy.KeepAll });
            using var camera = _pair.Neighbour.CreatePublisher<Image>("/camera/image_raw", Reliable with { History = HistoryPolicy.KeepAll });
            _pair.SpinUntil(() => camera.SubscriptionCount == 1 && faces.PublisherCount == 1);
            images.ForEach(camera.Publish);
            _pair.SpinUntil(() => messages.Count == Count);
            return messages;
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_large_jpeg_is_decoded_in_part_where_that_is_wanted_and_boxes_stay_in_the_image_that_was_sent(bool isReduced)
    {
        Assert.That(_pair.Node.Parameters.SetAtomically([
            Parameter.From("input.transport", "compressed"), Parameter.From("input.reduce", isReduced)]).Successful);
        using var annotated = new BlockingCollection<uint>();
        using var subscription = _pair.Neighbour.CreateSubscription<Image>("/face_attributes/annotated", image => annotated.Add(image.Width), Reliable);
        using var camera = _pair.Neighbour.CreatePublisher<CompressedImage>("/camera/image_raw/compressed", Reliable);
        _pair.SpinUntil(() => camera.SubscriptionCount > 0 && subscription.PublisherCount > 0);
        using var photograph = Photograph();
        using var large = photograph.Resize(new Size(1025, 1025));
        Cv2.ImEncode(".jpg", large, out var jpeg);
        camera.Publish(new CompressedImage { Header = { Stamp = { Sec = 1 }, FrameId = "camera" }, Format = "jpeg", Data = jpeg });

        var answer = Next();
        var middle = new Point(answer.Roi.X + answer.Roi.Width / 2, answer.Roi.Y + answer.Roi.Height / 2);
        Assert.That((middle.X, middle.Y), Is.EqualTo((2 * 223, 2 * 115)).Within(50), "Eileen Collins' face");
        _pair.SpinUntil(() => annotated.Count > 0);
        Assert.That(annotated.Take(), Is.EqualTo(isReduced ? 513 : 1025));
    }

    [Test]
    public void Enable_switches_the_camera_off_and_on()
    {
        using var client = _pair.Neighbour.CreateClient<SetBool.Request, SetBool.Response>("/face_attributes/enable");
        _pair.SpinUntil(() => _camera.SubscriptionCount == 1 && client.IsServiceAvailable);
        Assert.That(_pair.Call(client, new SetBool.Request { Data = false }).Success);
        _pair.SpinUntil(() => _camera.SubscriptionCount == 0);
        Assert.That(_pair.Call(client, new SetBool.Request { Data = true }).Success);
        _pair.SpinUntil(() => _camera.SubscriptionCount == 1);
    }

    [Test]
    public void Diagnostics_name_faces_detector_models_and_middleware()
    {
        using var heard = new BlockingCollection<Dictionary<string, string>>();
        using var subscription = _pair.Neighbour.CreateSubscription<diagnostic_msgs.msg.DiagnosticArray>("/diagnostics",
            message => heard.Add(message.Status[0].Values.ToDictionary(value => value.Key, value => value.Value)));
        using var photograph = Photograph();
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
        _pair.SpinUntil(() => heard.Any(values => values["faces"] == "1"));
        var values = heard.Last();
        Assert.That((values["detector"], values["models"]), Is.EqualTo(("ultraface", "")));
        Assert.That(values["middleware"], Does.StartWith("cyclonedds "));
        Assert.That(double.Parse(values["finding faces (ms)"], System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(0));
    }

    [Test]
    public void Classify_without_an_image_waits_for_the_cameras_next_one()
    {
        _faces.Dispose(); // Nobody listens, so that it is the call that brings the camera in.
        using var client = _pair.Neighbour.CreateClient<Classify.Request, Classify.Response>("/face_attributes/classify");
        _pair.SpinUntil(() => client.IsServiceAvailable && _camera.SubscriptionCount == 0);
        var answer = client.CallAsync(new Classify.Request());
        _pair.SpinUntil(() => _camera.SubscriptionCount == 1);
        using var photograph = Photograph();
        _camera.Publish(Encode(photograph, "rgb8", padding: 4, sec: 7));
        _pair.SpinUntil(() => answer.IsCompleted);
        Assert.That((answer.Result.Success, answer.Result.Message), Is.EqualTo((true, "")));
        Assert.That((answer.Result.Faces.Header.Stamp.Sec, answer.Result.Faces.Faces.Count, answer.Result.Annotated.Width), Is.EqualTo((7, 1, 512)));
        _pair.SpinUntil(() => _camera.SubscriptionCount == 0);

        Assert.That(_pair.Node.Parameters.Set("input.timeout_seconds", 0.5).Successful);
        Assert.That(_pair.Call(client, new Classify.Request()).Message, Is.EqualTo("No image came within 0.5 s."));
        using var enable = _pair.Neighbour.CreateClient<SetBool.Request, SetBool.Response>("/face_attributes/enable");
        _pair.Call(enable, new SetBool.Request { Data = false });
        Assert.That(_pair.Call(client, new Classify.Request()).Message, Is.EqualTo("No image is looked at: ~/enable has switched the node off; call it with true."));
    }

    [Test]
    public void Classify_without_an_image_sees_the_whole_of_one_that_is_decoded_in_part_otherwise()
    {
        Assert.That(_pair.Node.Parameters.SetAtomically([
            Parameter.From("input.transport", "compressed"), Parameter.From("input.reduce", true)]).Successful);
        using var camera = _pair.Neighbour.CreatePublisher<CompressedImage>("/camera/image_raw/compressed", Reliable);
        using var client = _pair.Neighbour.CreateClient<Classify.Request, Classify.Response>("/face_attributes/classify");
        _pair.SpinUntil(() => camera.SubscriptionCount > 0 && client.IsServiceAvailable);
        using var photograph = Photograph();
        using var large = photograph.Resize(new Size(1024, 1024));
        Cv2.ImEncode(".jpg", large, out var jpeg);
        var answer = client.CallAsync(new Classify.Request());
        for (var sec = 1; !answer.IsCompleted; sec++)
        {
            camera.Publish(new CompressedImage { Header = { Stamp = { Sec = sec } }, Format = "jpeg", Data = jpeg });
            _ = Next();
        }

        var face = answer.Result.Faces.Faces.Single().Roi;
        Assert.That(((int)(face.XOffset + face.Width / 2), (int)(face.YOffset + face.Height / 2)), Is.EqualTo((2 * 223, 2 * 115)).Within(50), "Eileen Collins' face");
        Assert.That((answer.Result.Faces.Width, answer.Result.Annotated.Width), Is.EqualTo((1024u, 1024u)));
    }

    [Test]
    public void Classify_answers_for_one_image_with_no_regard_to_the_camera()
    {
        Assert.That(_pair.Node.Parameters.Set("models.names", (string[])["people_accurate", "emotion_accurate"]).Successful);
        using var photograph = Photograph();
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
        Assert.That(Next().Ids, Is.EqualTo("f1"));
        using var client = _pair.Neighbour.CreateClient<Classify.Request, Classify.Response>("/face_attributes/classify");
        for (var i = 0; i < 2; i++)
        {
            var answer = _pair.Call(client, new Classify.Request { Image = Encode(photograph, "rgb8", padding: 4, sec: 9) });
            Assert.That((answer.Success, answer.Message), Is.EqualTo((true, "")));
            var face = answer.Faces.Faces.Single();
            Assert.That((answer.Faces.Header.Stamp.Sec, face.Id, face.Gender.Label, face.Emotion.Label), Is.EqualTo((9, "f1", "female", "happy")));
            Assert.That((answer.Annotated.Width, answer.Annotated.Step, answer.Annotated.Encoding), Is.EqualTo((512u, 1536u, "bgr8")));
            Assert.That(answer.Annotated.Data.Length, Is.EqualTo(1536 * 512));
        }

        var refusal = _pair.Call(client, new Classify.Request { Image = new Image { Encoding = "rgb9" } });
        Assert.That((refusal.Success, refusal.Message.StartsWith("Image encoding 'rgb9' is not supported", StringComparison.Ordinal)), Is.EqualTo((false, true)));
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
        Assert.That(Next().Ids, Is.EqualTo("f1"), "still followed");
    }

    [Test]
    public void A_warm_image_that_is_classified_drawn_and_published_allocates_nothing_on_the_workers_thread()
    {
        Assert.That(_pair.Node.Parameters.Set("models.names", (string[])["gender", "face"]).Successful);
        var drawn = 0;
        using var subscription = _pair.Neighbour.CreateSubscription<Image>("/face_attributes/annotated", _ => drawn++, Reliable);
        Assert.That(subscription.WaitForPublishers(1, Within.Time), Is.True);
        using var photograph = Photograph();
        var image = Encode(photograph, "bgr8", padding: 0, sec: 1);
        List<long> allocated = [];
        Action measure = () => allocated.Add(GC.GetAllocatedBytesForCurrentThread());
        allocated.EnsureCapacity(100);
        for (var i = 0; i < 60; i++)
        {
            image.Header.Stamp.Nanosec = (uint)(i * 10_000_000);
            _faceAttributes.Worker.BeforeNext(measure);
            Publish(image);
            Assert.That(Next().Faces, Is.EqualTo(1));
            _pair.SpinUntil(() => drawn > i);
        }

        // The least of some images: on a busy machine the runtime may compile a warm method anew at any time.
        Assert.That(allocated.Zip(allocated.Skip(1), (before, after) => after - before).TakeLast(30).Min(), Is.Zero);
    }

    [Test]
    public void The_camera_is_subscribed_to_only_while_somebody_listens([Values("faces", "annotated")] string result)
    {
        using var photograph = Photograph();
        _faces.Dispose();
        _pair.SpinUntil(() => _camera.SubscriptionCount == 0);
        Assert.That(_faceAttributes.IsWanted, Is.False);

        using var listener = result == "faces"
            ? _pair.Neighbour.CreateSubscription<FaceAttributesArray>("/face_attributes/faces", _ => { }, Reliable)
            : (IDisposable)_pair.Neighbour.CreateSubscription<Image>("/face_attributes/annotated", _ => { }, Reliable);
        _pair.SpinUntil(() => _camera.SubscriptionCount == 1);
        _camera.Publish(Encode(photograph, "mono8", padding: 0, sec: 4));
        _pair.SpinUntil(() => _faceAttributes.Worker.Processed == 1);
    }

    [Test]
    public void With_a_lasting_subscription_images_that_nobody_wants_are_counted_only()
    {
        Assert.That(_pair.Node.Parameters.Set("input.lazy", false).Successful);
        using var photograph = Photograph();
        _faces.Dispose();
        Assert.That(_pair.Node.Graph.WaitFor(() => !_faceAttributes.IsWanted, Within.Time), Is.True);
        _pair.SpinUntil(() => _camera.SubscriptionCount == 1);
        for (var sec = 1; sec <= 3; sec++)
        {
            _camera.Publish(Encode(photograph, "mono8", padding: 0, sec));
            _pair.SpinUntil(() => _faceAttributes.Worker.Unwatched == sec);
        }
        Assert.That(_faceAttributes.Worker.Processed, Is.Zero);
    }

    [Test]
    public void After_an_hour_without_images_and_after_a_jump_back_a_face_has_a_new_id()
    {
        using var photograph = Photograph();
        var ids = new List<string>();
        foreach (var sec in new[] { 10_000, 10_000, 13_600, 5, 5 })
        {
            Publish(Encode(photograph, "mono8", padding: 0, sec));
            ids.Add(Next().Ids);
        }
        Assert.That(ids, Is.EqualTo(["f1", "f1", "f2", "f3", "f3"]));
    }

    [Test]
    public void Its_real_networks_read_a_real_face()
    {
        Assert.That(_pair.Node.Parameters.Set("models.names", (string[])["people_accurate", "emotion_accurate"]).Successful);
        using var photograph = Photograph();
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
        Assert.That(Next().Labels, Does.Contain("female happy "));
    }

    [Test]
    public void A_camera_mounted_sideways_gets_boxes_in_its_own_image_and_the_same_labels()
    {
        Assert.That(_pair.Node.Parameters.Set("models.names", (string[])["people_accurate", "emotion_accurate"]).Successful);
        using var photograph = Photograph();
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
        var upright = Next();
        using var mounted = new Mat();
        Cv2.Rotate(photograph, mounted, RotateFlags.Rotate90Counterclockwise);
        Assert.That(_pair.Node.Parameters.Set("input.rotate", 90L).Successful);
        Publish(Encode(mounted, "bgr8", padding: 0, sec: 10));
        var sideways = Next();
        Assert.That((sideways.Faces, sideways.Labels), Is.EqualTo((1, upright.Labels)));
        var expected = new Rect(upright.Roi.Y, photograph.Width - upright.Roi.Right, upright.Roi.Height, upright.Roi.Width);
        Assert.That(Math.Abs(sideways.Roi.X - expected.X) + Math.Abs(sideways.Roi.Y - expected.Y), Is.LessThanOrEqualTo(2));

        using var client = _pair.Neighbour.CreateClient<Classify.Request, Classify.Response>("/face_attributes/classify");
        foreach (var (image, isUpright, roi) in new[] { (mounted, false, sideways.Roi), (photograph, true, upright.Roi) })
        {
            var answer = _pair.Call(client, new Classify.Request { Image = Encode(image, "bgr8", padding: 0, sec: 9), Upright = isUpright });
            Assert.That(answer.Faces.Faces.Single().Roi.XOffset, Is.EqualTo(roi.X).Within(2), isUpright ? "not the camera's" : "as the camera's");
        }
    }

    [Test]
    public void A_detector_whose_file_is_the_users_own_asks_for_it()
    {
        var result = _pair.Node.Parameters.Set("detector", "yunet");
        Assert.That(result.Successful, Is.False);
        Assert.That(result.Reason, Does.EndWith("The parameter 'yunet.model' is empty; name a file such as face_detection_yunet_2023mar.onnx of OpenCV's model zoo."));
        result = _pair.Node.Parameters.SetAtomically([Parameter.From("detector", "yunet"), Parameter.From("yunet.model", "/no/such/file.onnx")]);
        Assert.That(result.Reason, Does.EndWith("Model /no/such/file.onnx cannot be read; name an existing ONNX file."));
    }

    [TestCase("blazeface")]
    [TestCase("haar")]
    public void Another_detector_takes_over_between_two_images(string detector)
    {
        using var photograph = Photograph();
        Assert.That(_pair.Node.Parameters.Set("detector", detector).Successful);
        Publish(Encode(photograph, "mono8", padding: 0, sec: 1));
        Assert.That(Next().Faces, Is.EqualTo(1));
    }

    [Test]
    public void Every_live_parameter_can_be_changed_while_images_flow_and_none_is_lost()
    {
        using var photograph = Photograph();
        Parameter[] changes =
        [
            Parameter.From("input.brighten", false), Parameter.From("input.rotate", 0L),
            Parameter.From("ultraface.full_search_seconds", 0.1), Parameter.From("blazeface.full_search_seconds", 0.1),
            Parameter.From("yunet.full_search_seconds", 0.1), Parameter.From("haar.full_search_seconds", 0.1),
            Parameter.From("ultraface.doubtful_score", 0.3), Parameter.From("blazeface.doubtful_score", 0.3), Parameter.From("yunet.doubtful_score", 0.3),
            Parameter.From("ultraface.score_threshold", 0.5), Parameter.From("ultraface.nms_threshold", 0.3),
            Parameter.From("ultraface.input_size", 480L), Parameter.From("ultraface.min_size", 0.05),
            Parameter.From("blazeface.score_threshold", 0.5), Parameter.From("blazeface.nms_threshold", 0.4),
            Parameter.From("blazeface.min_size", 0.05), Parameter.From("yunet.model", ""), Parameter.From("yunet.score_threshold", 0.5),
            Parameter.From("yunet.nms_threshold", 0.4), Parameter.From("yunet.input_size", 320L), Parameter.From("yunet.min_size", 0.05),
            Parameter.From("haar.scale_factor", 1.3), Parameter.From("haar.min_neighbors", 4L),
            Parameter.From("haar.min_size", 0.1), Parameter.From("haar.max_size", 0.9),
            Parameter.From("haar.equalize_histogram", true), Parameter.From("haar.path", ""), Parameter.From("detector", "haar"),
            Parameter.From("tracker.camera_motion", false), Parameter.From("tracker.confirm_hits", 1L), Parameter.From("tracker.confirm_seconds", 1.0), Parameter.From("tracker.max_lost_seconds", 2.0),
            Parameter.From("smoothing.emotion_seconds", 0.2), Parameter.From("smoothing.gender_seconds", 5.0), Parameter.From("smoothing.age_seconds", 5.0),
            Parameter.From("smoothing.hysteresis", 0.05), Parameter.From("quality.min", 0.1), Parameter.From("models.budget_ms", 50.0), Parameter.From("models.interval_seconds", 0.2), Parameter.From("models.min_age_for_gender", 12.0),
            Parameter.From("models.directory", Path.Combine(AppContext.BaseDirectory, "models")),
            Parameter.From("models.names", (string[])["face"]), Parameter.From("annotated.enabled", false), Parameter.From("annotated.jpeg_quality", 50L),
            Parameter.From("privacy", "blur_all"), Parameter.From("view.enabled", true), Parameter.From("view.jpeg_quality", 70L), Parameter.From("explanation.enabled", true),
            Parameter.From("explanation.rate", 5.0), Parameter.From("explanation.face", "f1"), Parameter.From("explanation.attribute", "gender"),
            Parameter.From("detections.enabled", true), Parameter.From("hri.enabled", true),
            Parameter.From("input.timeout_seconds", 9.0), Parameter.From("input.transport", "auto"), Parameter.From("input.lazy", false), Parameter.From("input.lock_step", true),
            Parameter.From("input.reliability", "best_effort"), Parameter.From("input.reduce", true),
        ];
        Assert.That(changes.Select(change => change.Name), Is.EquivalentTo(ParameterTable.OwnNames(_pair.Node).Where(name => name != "autostart")));
        for (var i = 0; i < changes.Length; i++)
        {
            Publish(Encode(photograph, "mono8", padding: 0, sec: 1));
            Assert.That(Next().Ids, Is.EqualTo("f1"));
            var result = _pair.Node.Parameters.SetAtomically([changes[i]]);
            Assert.That(result.Successful, result.Reason);
        }
        Publish(Encode(photograph, "mono8", padding: 0, sec: 1));
        Assert.That(Next().Labels, Does.Not.StartWith("unknown unknown"), "The new network runs");
        Assert.That((_faceAttributes.Worker.Skipped, _faceAttributes.Worker.Dropped), Is.EqualTo((0, 0)));
    }

    [TestCase("models.names", "smile.yaml")]
    [TestCase("haar.path", "/no/such/cascade.xml")]
    public void A_change_that_cannot_be_made_is_rejected_with_the_reason_and_the_node_goes_on(string name, string reason)
    {
        Assert.That(_pair.Node.Parameters.Set("detector", "haar").Successful);
        var result = name == "haar.path"
            ? _pair.Node.Parameters.Set(name, reason)
            : _pair.Node.Parameters.Set(name, (string[])["smile"]);
        Assert.That(result.Successful, Is.False);
        Assert.That(result.Reason, Does.Contain(reason));
        using var photograph = Photograph();
        Publish(Encode(photograph, "mono8", padding: 0, sec: 1));
        Assert.That(Next().Faces, Is.EqualTo(1));
    }

    [Test]
    public void A_missing_model_fails_configure_until_it_is_there()
    {
        Assert.That(_faceAttributes.Lifecycle.Deactivate(), Is.EqualTo(LifecycleState.Inactive));
        Assert.That(_faceAttributes.Lifecycle.Cleanup(), Is.EqualTo(LifecycleState.Unconfigured));
        Assert.That(_pair.Node.Parameters.Set("models.names", (string[])["smile"]).Successful);
        Assert.That(_faceAttributes.Start(), Is.False);
        Assert.That(_faceAttributes.Lifecycle.CurrentState, Is.EqualTo(LifecycleState.Unconfigured));
        (byte Level, string Message) said = default;
        using var subscription = _pair.Neighbour.CreateSubscription<diagnostic_msgs.msg.DiagnosticArray>("/diagnostics",
            message => said = (message.Status[0].Level, message.Status[0].Message));
        _pair.SpinUntil(() => said.Message is not null);
        Assert.That(said.Level, Is.EqualTo(diagnostic_msgs.msg.DiagnosticStatus.ERROR));
        Assert.That(said.Message, Does.Contain("smile"));
        Assert.That(_pair.Node.Parameters.Set("models.names", (string[])["face"]).Successful);
        Assert.That(_faceAttributes.Start());
        using var photograph = Photograph();
        Publish(Encode(photograph, "mono8", padding: 0, sec: 1));
        Assert.That(Next().Faces, Is.EqualTo(1));
    }

    [Test]
    public void Fifty_lives_leave_no_handles_threads_or_memory_behind()
    {
        Assert.That(_pair.Node.Parameters.Set("models.names", (string[])["face"]).Successful);
        using var photograph = Photograph();
        ProcessState? before = null;
        for (var life = 0; life < 60; life++)
        {
            Publish(Encode(photograph, "mono8", padding: 0, sec: life + 1));
            Assert.That(Next().Faces, Is.EqualTo(1));
            Assert.That(_faceAttributes.Lifecycle.Deactivate(), Is.EqualTo(LifecycleState.Inactive));
            Assert.That(_faceAttributes.Lifecycle.Cleanup(), Is.EqualTo(LifecycleState.Unconfigured));
            if (life == 9)
                before = ProcessState.Now();
            Assert.That(_faceAttributes.Start());
        }
        before!.AssertNoGrowth(megabytes: 40);
    }

    private static (string FrameId, int Sec, int Faces, Rect Roi, string Ids, string Labels) Copy(FaceAttributesArray message)
    {
        var roi = message.Faces.Count > 0 ? message.Faces[0].Roi : new sensor_msgs.msg.RegionOfInterest();
        return (message.Header.FrameId, message.Header.Stamp.Sec, message.Faces.Count,
            new Rect((int)roi.XOffset, (int)roi.YOffset, (int)roi.Width, (int)roi.Height),
            string.Join(' ', message.Faces.Select(face => face.Id)),
            string.Join(' ', message.Faces.Select(face => $"{face.Gender.Label} {face.Emotion.Label} {face.Age.Known}")));
    }

    private static Mat Photograph() => Cv2.ImRead(Path.Combine(AppContext.BaseDirectory, "photographs", "astronaut.png"));

    private static Image Encode(Mat bgr, string encoding, int padding, int sec)
    {
        using var pixels = new Mat();
        switch (encoding)
        {
            case "bgr8": bgr.CopyTo(pixels); break;
            case "rgb8": Cv2.CvtColor(bgr, pixels, ColorConversionCodes.BGR2RGB); break;
            case "bgra8": Cv2.CvtColor(bgr, pixels, ColorConversionCodes.BGR2BGRA); break;
            case "rgba8": Cv2.CvtColor(bgr, pixels, ColorConversionCodes.BGR2RGBA); break;
            case "mono8": Cv2.CvtColor(bgr, pixels, ColorConversionCodes.BGR2GRAY); break;
            case "yuv422": Interleave(0, 1); break;
            case "yuv422_yuy2": Interleave(1, 0); break;
        }
        var row = pixels.Width * pixels.ElemSize();
        var step = row + padding;
        var height = pixels.Height;
        var data = new byte[step * height];
        for (var y = 0; y < height; y++)
            System.Runtime.InteropServices.Marshal.Copy(pixels.Ptr(y), data, y * step, row);
        return new Image
        {
            Header = { Stamp = { Sec = sec }, FrameId = "camera" },
            Width = (uint)pixels.Width,
            Height = (uint)pixels.Height,
            Step = (uint)step,
            Encoding = encoding,
            Data = data,
        };

        // Grey as luma between neutral chroma.
        void Interleave(int chromaPlace, int lumaPlace)
        {
            using var luma = new Mat();
            Cv2.CvtColor(bgr, luma, ColorConversionCodes.BGR2GRAY);
            using var chroma = new Mat(luma.Size(), MatType.CV_8UC1, Scalar.All(128));
            var planes = new Mat[2];
            (planes[chromaPlace], planes[lumaPlace]) = (chroma, luma);
            Cv2.Merge(planes, pixels);
        }
    }

    private void Publish(Image image)
    {
        _pair.SpinUntil(() => _camera.SubscriptionCount > 0); // The node subscribes once it spins and is listened to.
        Assert.That(_faces.WaitForPublishers(1, Within.Time), Is.True, "The node publishes faces");
        // One image at a time, so that none replaces another.
        var seen = _faceAttributes.Worker.Processed + _faceAttributes.Worker.Skipped;
        _camera.Publish(image);
        _pair.SpinUntil(() => _faceAttributes.Worker.Processed + _faceAttributes.Worker.Skipped > seen);
    }

    private (string FrameId, int Sec, int Faces, Rect Roi, string Ids, string Labels) Next()
    {
        _pair.SpinUntil(() => _heard.Count > 0);
        return _heard.Take();
    }
}

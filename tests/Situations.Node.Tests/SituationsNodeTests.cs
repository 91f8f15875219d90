using System.Collections.Concurrent;
using face_attributes.msg;
using face_attributes.srv;
using OpenCvSharp;
using rclcs;
using rclcs.Tests.Support;
using std_srvs.srv;
using VisionNodes;
using Image = sensor_msgs.msg.Image;

namespace Situations.Node.Tests;

/// <summary>The node as its neighbours in the graph see it. Its small network takes red for fire and blue for a fight.</summary>
public class SituationsNodeTests
{
    private static readonly Scalar Green = new(0, 255, 0);
    private static readonly Scalar Red = new(0, 0, 255);

    private NodePair _pair = null!;
    private SituationsNode _situations = null!;
    private IPublisher<Image> _camera = null!;
    private ISubscription<Situation> _subscription = null!;
    private BlockingCollection<(int Sec, string Sentence, string Danger, float Probability, bool Alert, int Kinds)> _heard = null!;

    private static string Model => Path.Combine(AppContext.BaseDirectory, "test_models", "small.yaml");

    [SetUp]
    public void Start()
    {
        _heard = [];
        _pair = new NodePair("situations",
            "--ros-args", "-p", "input.reliability:=reliable", "-p", "input.transport:=raw", "-p", $"model:={Model}", "-p", "core_share:=1.0",
            "-r", "image:=/camera/image_raw");
        _situations = new SituationsNode(_pair.Node);
        Assert.That(_situations.Start());
        _camera = _pair.Neighbour.CreatePublisher<Image>("/camera/image_raw", QosProfile.Default);
        _subscription = _pair.Neighbour.CreateSubscription<Situation>("/situations/situation", message => _heard.Add(
            (message.Header.Stamp.Sec, message.Sentence, message.Danger, message.DangerProbability, message.Alert, message.Distribution.Count)), QosProfile.Latched);
        Assert.That(_camera.WaitForSubscriptions(1, Within.Time) && _subscription.WaitForPublishers(1, Within.Time));
    }

    [TearDown]
    public void Stop()
    {
        _situations.Dispose();
        _camera.Dispose();
        _subscription.Dispose();
        _pair.Dispose();
        _heard.Dispose();
    }

    [Test]
    public void An_image_is_answered_with_a_sentence_and_its_danger()
    {
        Show(Red, sec: 7);
        var answer = Next();
        Assert.That((answer.Sec, answer.Danger, answer.Alert, answer.Kinds), Is.EqualTo((7, "fire", false, 3)));
        Assert.That(answer.Probability, Is.GreaterThan(0.9));
        Assert.That(answer.Sentence, Is.EqualTo("dog fast"));
    }

    [Test]
    public void Where_nothing_changes_it_looks_once_in_a_period_and_at_once_where_something_does()
    {
        // Far apart, so that by the images' stamps the budget has room however slow the machine is.
        Assert.That(_pair.Node.Parameters.Set("period_seconds", 20.0).Successful);
        foreach (var (index, (sec, width)) in new[] { (100, 0), (110, 0), (120, 10), (130, 160) }.Index())
        {
            _camera.Publish(Picture(Green, sec, somebody: width));
            _pair.SpinUntil(() => _situations.Worker.Processed == index + 1);
        }

        _pair.SpinUntil(() => _heard.Count == 3);
        Assert.That(_heard.Select(answer => answer.Sec), Is.EqualTo(new[] { 100, 120, 130 }));
    }

    [Test]
    public void In_lock_step_no_image_is_left_out()
    {
        using var context = TestDomain.Join(
            "--ros-args", "-p", $"model:={Model}", "-p", "core_share:=1.0", "-p", "period_seconds:=0.0", "-p", "input.lock_step:=true", "-r", "image:=/camera/recorded");
        using var node = Rclcs.CreateNode("in_lock_step", context);
        using var situations = new SituationsNode(node);
        Assert.That(situations.Start());
        using var camera = _pair.Neighbour.CreatePublisher<Image>("/camera/recorded", QosProfile.Default with { History = HistoryPolicy.KeepAll });
        Assert.That(camera.WaitForSubscriptions(1, Within.Time));
        for (var image = 1; image <= 10; image++)
            camera.Publish(Picture(image % 2 == 0 ? Red : Green, sec: 10 * image));

        // Taken as fast as they come: without lock step a newer one would take the place of one that waits.
        var end = Environment.TickCount64 + (long)Within.Time.TotalMilliseconds;
        while (situations.Worker.Processed + situations.Worker.Dropped < 10 && Environment.TickCount64 < end)
            Rclcs.SpinOnce(node, context, 0.1);
        Assert.That((situations.Looks, situations.Worker.Dropped), Is.EqualTo((10, 0)));
    }

    [Test]
    public void Without_services_in_the_graph_it_runs_all_the_same()
    {
        Environment.SetEnvironmentVariable("RCLCS_SERVICES", "off");
        try
        {
            using var context = TestDomain.Join("--ros-args", "-p", $"model:={Model}");
            using var node = Rclcs.CreateNode("without_services", context);
            using var situations = new SituationsNode(node);
            Assert.That(situations.Start());
        }
        finally
        {
            Environment.SetEnvironmentVariable("RCLCS_SERVICES", null);
        }
    }

    [Test]
    public void Danger_is_an_alert_once_it_has_held_and_none_once_it_has_gone_as_long()
    {
        Assert.That(_pair.Node.Parameters.Set("period_seconds", 0.0).Successful);
        var alerts = new List<bool>();
        Assert.That(_pair.Node.Parameters.Set("hold_seconds", 30.0).Successful);
        foreach (var (sec, color) in new[] { (10, Red), (30, Red), (40, Red), (50, Green), (70, Green), (80, Green) })
        {
            Show(color, sec);
            alerts.Add(Next().Alert);
        }

        Assert.That(alerts, Is.EqualTo(new[] { false, false, true, true, true, false }));
    }

    [Test]
    public void Describe_answers_with_the_image_in_the_request()
    {
        var answer = Ask<Describe.Request, Describe.Response>("/situations/describe", new Describe.Request { Image = Picture(Red, sec: 3) });
        Assert.That((answer.Success, answer.Situation.Danger, answer.Situation.Header.Stamp.Sec), Is.EqualTo((true, "fire", 3)), answer.Message);
    }

    [Test]
    public void Describe_turns_the_image_in_the_request_as_the_cameras_unless_it_is_upright()
    {
        // The real network: to the small one, all places are alike.
        Assert.That(_pair.Node.Parameters.SetAtomically([Parameter.From("model", ""), Parameter.From("input.rotate", 90L)]).Successful);
        using var upright = new Mat(224, 224, MatType.CV_8UC3, new Scalar(200, 120, 60));
        upright[new Rect(0, 150, 224, 74)].SetTo(new Scalar(40, 130, 60));
        using var mounted = new Mat();
        Cv2.Rotate(upright, mounted, RotateFlags.Rotate90Counterclockwise);

        float[] confidences =
        [
            .. new[] { (upright, true), (mounted, false), (mounted, true) }.Select(item => Ask<Describe.Request, Describe.Response>(
                "/situations/describe", new Describe.Request { Image = Encode(item.Item1, sec: 3), Upright = item.Item2 }).Situation.Confidence),
        ];
        Assert.That(confidences[1], Is.EqualTo(confidences[0]).Within(1e-5));
        Assert.That(confidences[2], Is.Not.EqualTo(confidences[0]).Within(1e-3));
    }

    [Test]
    public void Describe_answers_with_the_next_image_of_the_camera_also_where_none_is_due()
    {
        Show(Green, sec: 1);
        Next();
        using var client = _pair.Neighbour.CreateClient<Describe.Request, Describe.Response>("/situations/describe");
        Assert.That(client.WaitForService(Within.Time));
        var call = client.CallAsync(new Describe.Request());
        for (var nanosec = 1u; !call.IsCompleted; nanosec += 1000)
        {
            _camera.Publish(Picture(Green, sec: 1, nanosec));
            _pair.Spin();
        }

        Assert.That((call.Result.Success, call.Result.Situation.Danger), Is.EqualTo((true, "none")), call.Result.Message);
    }

    [Test]
    public void Describe_has_no_answer_while_the_node_is_not_active()
    {
        Assert.That(_situations.Lifecycle.Deactivate(), Is.EqualTo(LifecycleState.Inactive));
        foreach (var image in (Image[])[new Image(), Picture(Red, sec: 1)])
        {
            var answer = Ask<Describe.Request, Describe.Response>("/situations/describe", new Describe.Request { Image = image });
            Assert.That((answer.Success, answer.Message), Is.EqualTo((false, "The node is not active; activate it: ros2 lifecycle set /situations activate")));
        }
    }

    [Test]
    public void Describe_without_an_image_of_the_camera_says_so()
    {
        Assert.That(_pair.Node.Parameters.Set("input.timeout_seconds", 0.5).Successful);
        var answer = Ask<Describe.Request, Describe.Response>("/situations/describe", new Describe.Request());
        Assert.That((answer.Success, answer.Message), Is.EqualTo((false, "No image came within 0.5 s.")));
    }

    [Test]
    public void Describe_refuses_an_image_that_cannot_be_read_with_a_sentence()
    {
        var image = Picture(Red, sec: 1);
        image.Encoding = "rgb9";
        var answer = Ask<Describe.Request, Describe.Response>("/situations/describe", new Describe.Request { Image = image });
        Assert.That(answer.Success, Is.False);
        Assert.That(answer.Message, Does.Contain("rgb9"));
    }

    [Test]
    public void Anything_new_is_told_once()
    {
        Show(Red, sec: 1);
        Next();
        var first = Ask<Trigger.Request, Trigger.Response>("/situations/anything_new", new Trigger.Request());
        var second = Ask<Trigger.Request, Trigger.Response>("/situations/anything_new", new Trigger.Request());
        Assert.That((first.Success, first.Message, second.Success, second.Message), Is.EqualTo((true, "dog fast (fire)", false, "Nothing new.")));
    }

    [Test]
    public void The_annotated_image_has_the_cameras_size_and_a_darker_lower_edge()
    {
        using var annotated = new BlockingCollection<(uint Width, uint Height, byte Top, byte Bottom)>();
        using var subscription = _pair.Neighbour.CreateSubscription<Image>("/situations/annotated",
            image => annotated.Add((image.Width, image.Height, image.Data.Span[2], image.Data.Span[^1])), QosProfile.Default);
        Assert.That(subscription.WaitForPublishers(1, Within.Time));
        Assert.That(_pair.Node.Parameters.Set("period_seconds", 0.0).Successful);
        for (var sec = 1; annotated.Count == 0; sec++)
        {
            Show(Red, sec);
            Next();
        }

        Assert.That(annotated.Take(), Is.EqualTo((320u, 240u, (byte)255, (byte)76)));
    }

    [Test]
    public void A_model_that_is_missing_is_refused_with_a_sentence_and_the_old_one_goes_on()
    {
        var result = _pair.Node.Parameters.Set("model", "/no/such/model.yaml");
        Assert.That((result.Successful, result.Reason.Contains("/no/such/model.yaml", StringComparison.Ordinal)), Is.EqualTo((false, true)));
        Show(Red, sec: 1);
        Assert.That(Next().Danger, Is.EqualTo("fire"));
    }

    [Test]
    public void A_model_that_comes_with_the_node_is_found_by_its_name() =>
        Assert.That(_pair.Node.Parameters.Set("model", "situation_small.yaml").Successful);

    [Test]
    public void After_an_image_that_cannot_be_read_it_goes_on()
    {
        var bad = Picture(Red, sec: 1);
        bad.Data = bad.Data[..^1000];
        _camera.Publish(bad);
        _pair.SpinUntil(() => _situations.Worker.Skipped == 1);
        Show(Green, sec: 2);
        Assert.That(Next().Danger, Is.EqualTo("none"));
    }

    private TResponse Ask<TRequest, TResponse>(string service, TRequest request)
        where TRequest : class, rclcs.Serialization.IMessage<TRequest>, rclcs.Serialization.IServiceRequest<TResponse>, new()
        where TResponse : class, rclcs.Serialization.IMessage<TResponse>, new()
    {
        using var client = _pair.Neighbour.CreateClient<TRequest, TResponse>(service);
        return _pair.Call(client, request);
    }

    private void Show(Scalar color, int sec) => _camera.Publish(Picture(color, sec));

    private static Image Picture(Scalar color, int sec, uint nanosec = 0, int somebody = 0)
    {
        using var picture = new Mat(240, 320, MatType.CV_8UC3, color);
        if (somebody > 0)
            picture[new Rect(0, 0, somebody, 240)].SetTo(Scalar.Black);
        return Encode(picture, sec, nanosec);
    }

    private static Image Encode(Mat picture, int sec, uint nanosec = 0)
    {
        picture.GetArray(out Vec3b[] pixels);
        var image = new Image
        {
            Width = (uint)picture.Width,
            Height = (uint)picture.Height,
            Step = 3 * (uint)picture.Width,
            Encoding = "bgr8",
            Data = pixels.SelectMany(pixel => new[] { pixel.Item0, pixel.Item1, pixel.Item2 }).ToArray(),
        };
        (image.Header.Stamp.Sec, image.Header.Stamp.Nanosec) = (sec, nanosec);
        return image;
    }

    private (int Sec, string Sentence, string Danger, float Probability, bool Alert, int Kinds) Next()
    {
        _pair.SpinUntil(() => _heard.Count > 0);
        return _heard.Take();
    }
}

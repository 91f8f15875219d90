using System.Collections.Concurrent;
using diagnostic_msgs.msg;
using OpenCvSharp;
using rclcs;
using rclcs.Tests.Support;
using Vision.Imaging;
using CompressedImage = sensor_msgs.msg.CompressedImage;
using Image = sensor_msgs.msg.Image;

namespace VisionNodes.Tests;

/// <summary>Images from a camera to a worker, as a node has them.</summary>
public class ImageInputTests : NodeFixture
{
    private readonly List<(int Sec, int Width, byte Blue)> _seen = [];
    private LiveParameters _parameters = null!;
    private ImageWorker _worker = null!;
    private ImageInput _input = null!;
    private bool _isWanted;
    private TimeSpan _work;

    [SetUp]
    public void Create()
    {
        _seen.Clear();
        (_isWanted, _work) = (true, TimeSpan.Zero);
        _parameters = new LiveParameters(Node.Parameters);
        _worker = new ImageWorker(Node.Logger, "worker", () => _isWanted, (frame, header) =>
        {
            Thread.Sleep(_work);
            if (header.Stamp.Sec == 666)
                throw new InvalidOperationException("This image is cursed.");
            lock (_seen)
                _seen.Add((header.Stamp.Sec, frame.Width, frame.Bgr.At<Vec3b>(0, 0).Item0));
        });
        _input = new ImageInput(Node, _parameters, "image", image =>
        {
            if (_input.IsLockStep)
                _worker.PutInOrder(image);
            else
                _worker.Put(image);
        }, () => _isWanted);
    }

    [TearDown]
    public void End()
    {
        _input.Dispose();
        _worker.Dispose();
        _parameters.Dispose();
    }

    [TestCase("best_effort", "raw")]
    [TestCase("reliable", "auto")]
    public void Raw_images_arrive(string reliability, string transport)
    {
        Start(("input.reliability", reliability), ("input.transport", transport));
        using var camera = Neighbour.CreatePublisher<Image>("/camera/image_raw");
        Send(camera, 1);
        SpinUntil(() => Seen.Length == 1);
        Assert.That(Seen, Is.EqualTo(new[] { (1, 4, (byte)9) }));
        Assert.That(_input.ToString(), Is.EqualTo($"/camera/image_raw ({reliability.Replace('_', ' ')}, keep last 5)"));
    }

    [TestCase("compressed", "/camera/image_raw/compressed")]
    [TestCase("auto", "/camera/image_raw/compressed")]
    [TestCase("compressed", "/camera/image_raw")]
    [TestCase("auto", "/camera/image_raw")]
    public void Compressed_images_arrive(string transport, string topic)
    {
        using var camera = Neighbour.CreatePublisher<CompressedImage>(topic);
        Start(("input.transport", transport));
        SpinUntil(() => camera.SubscriptionCount == 1);
        using var picture = new Mat(4, 6, MatType.CV_8UC3, new Scalar(200, 100, 0));
        Cv2.ImEncode(".png", picture, out var data);
        camera.Publish(new CompressedImage { Header = { Stamp = { Sec = 3 } }, Format = "bgr8; png compressed bgr8", Data = data });
        SpinUntil(() => Seen.Length == 1);
        Assert.That(Seen, Is.EqualTo(new[] { (3, 6, (byte)200) }));
        Assert.That(_input.TopicName, Is.EqualTo(topic));
    }

    [Test]
    public void By_itself_the_subscription_is_reliable_while_all_cameras_are()
    {
        Start();
        Assert.That(_input.ToString(), Is.EqualTo("/camera/image_raw (best effort, keep last 5)"), "which fits whoever comes");
        using var camera = Neighbour.CreatePublisher<Image>("/camera/image_raw");
        SpinUntil(() => _input.ToString() == "/camera/image_raw (reliable, keep last 5)");
        using (Neighbour.CreatePublisher<Image>("/camera/image_raw", QosProfile.SensorData))
            SpinUntil(() => _input.ToString() == "/camera/image_raw (best effort, keep last 5)");
        SpinUntil(() => _input.ToString() == "/camera/image_raw (reliable, keep last 5)");
        SpinUntil(() => camera.SubscriptionCount == 1);
        Send(camera, 1);
        SpinUntil(() => Seen.Length == 1);
    }

    [Test]
    public void In_lock_step_the_subscription_is_reliable_until_a_camera_is_not()
    {
        Start(("input.lock_step", true), ("input.timeout_seconds", 0.5));
        Assert.That(_input.ToString(), Is.EqualTo("/camera/image_raw (reliable, keep all)"), "a bag's first image is not to be lost");
        using (Neighbour.CreatePublisher<Image>("/camera/image_raw", QosProfile.SensorData))
            SpinUntil(() => _input.ToString() == "/camera/image_raw (best effort, keep all)");
        SpinUntil(() => _input.ToString() == "/camera/image_raw (reliable, keep all)");
    }

    [Test]
    public void In_lock_step_what_came_is_worked_on_though_the_player_has_ended()
    {
        Start(("input.lock_step", true));
        _work = TimeSpan.FromSeconds(0.3);
        using (var player = Neighbour.CreatePublisher<Image>("/camera/image_raw", QosProfile.SensorData))
        {
            SpinUntil(() => player.SubscriptionCount == 1 && _input.QualityOfService == "best effort, keep all");
            for (var sec = 1; sec <= 10; sec++)
                Send(player, sec);
        }

        SpinUntil(() => Seen.Length == 10);
    }

    [Test]
    public void In_lock_step_the_camera_is_subscribed_to_though_nobody_listens()
    {
        _isWanted = false;
        Start(("input.lock_step", true));
        Assert.That(_input.IsSubscribed);
        Assert.That(Node.Parameters.Set("input.lock_step", false).Successful);
        Assert.That((_input.IsSubscribed, _input.QualityOfService), Is.EqualTo((false, "not subscribed")));
    }

    [Test]
    public void The_camera_is_subscribed_to_only_while_images_are_wanted()
    {
        _isWanted = false;
        Start();
        using var camera = Neighbour.CreatePublisher<Image>("/camera/image_raw");
        Assert.That((_input.IsSubscribed, _input.ToString()), Is.EqualTo((false, "/camera/image_raw while somebody listens")));
        _isWanted = true;
        SpinUntil(() => camera.SubscriptionCount == 1);
        Send(camera, 1);
        SpinUntil(() => Seen.Length == 1);
        _isWanted = false;
        SpinUntil(() => camera.SubscriptionCount == 0);
        Assert.That(Node.Parameters.Set("input.lazy", false).Successful);
        SpinUntil(() => camera.SubscriptionCount == 1);
    }

    [Test]
    public void Another_quality_of_service_is_taken_over_while_images_flow_and_none_is_lost_or_comes_twice()
    {
        Start();
        using var camera = Neighbour.CreatePublisher<Image>("/camera/image_raw");
        for (var sec = 1; sec <= 60; sec++)
        {
            if (sec % 10 == 0)
                Assert.That(Node.Parameters.Set("input.reliability", sec % 20 == 0 ? "best_effort" : "reliable").Successful);
            Send(camera, sec);
            var expected = sec;
            SpinUntil(() => Seen.Length >= expected);
        }
        Assert.That(Seen.Select(image => image.Sec), Is.EqualTo(Enumerable.Range(1, 60)));
    }

    [Test]
    public void What_one_image_does_the_next_does_not_feel()
    {
        Start();
        using var camera = Neighbour.CreatePublisher<Image>("/camera/image_raw");
        Send(camera, 666);
        SpinUntil(() => _worker.Skipped == 1);
        Send(camera, 1, "no such encoding");
        SpinUntil(() => _worker.Skipped == 2);
        Send(camera, 2);
        SpinUntil(() => Seen.Length == 1);
        Assert.That((_worker.Processed, _worker.Dropped), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Unwanted_images_are_counted_only()
    {
        _isWanted = false;
        Start(("input.lazy", false));
        using var camera = Neighbour.CreatePublisher<Image>("/camera/image_raw");
        Send(camera, 1);
        SpinUntil(() => _worker.Unwatched == 1);
        Assert.That(Seen, Is.Empty);
    }

    [Test]
    public void Worker_and_input_start_and_stop_as_often_as_one_likes()
    {
        using var camera = Neighbour.CreatePublisher<Image>("/camera/image_raw");
        for (var sec = 1; sec <= 5; sec++)
        {
            Start();
            Send(camera, sec);
            var expected = sec;
            SpinUntil(() => Seen.Length == expected);
            _input.Close();
            _input.Close();
            _worker.Stop();
            _worker.Stop();
            Assert.That(camera.WaitForSubscriptions(0, Within.Time));
        }
        Assert.That(_input.Received, Is.EqualTo(5));
    }

    [Test]
    public void A_change_does_not_wait_for_an_image()
    {
        var changes = 0;
        _worker.BeforeNext(() => changes++);
        Assert.That(changes, Is.EqualTo(1));
        Start();
        using var camera = Neighbour.CreatePublisher<Image>("/camera/image_raw");
        _worker.BeforeNext(() => changes++);
        SpinUntil(() => Volatile.Read(ref changes) == 2); // Nothing piles up where no image comes.
        Send(camera, 1);
        SpinUntil(() => Seen.Length == 1);
        Assert.That(changes, Is.EqualTo(2));
        _worker.BeforeNext(() => changes++);
        _worker.Stop();
        Assert.That(changes, Is.EqualTo(3));
    }

    [Test]
    public void Diagnostics_tell_rates_and_latency_while_images_flow()
    {
        using var states = new BlockingCollection<Dictionary<string, string>>();
        using var diagnosis = Neighbour.CreateSubscription<DiagnosticArray>("/diagnostics", message =>
        {
            var status = message.Status[0];
            if (status.Level == DiagnosticStatus.OK && status.Values[1].Value != "0.0")
                states.Add(status.Values.ToDictionary(value => value.Key, value => value.Value));
        });
        Start();
        using var diagnostics = new Diagnostics(Node, _input, _worker);
        using var camera = Neighbour.CreatePublisher<Image>("/camera/image_raw");
        Assert.That(diagnosis.WaitForPublishers(1, Within.Time));
        Send(camera, 1);
        diagnostics.AddResult(builtin_interfaces.msg.Time.FromNanoseconds(Node.Clock.NowNanoseconds - 50_000_000));
        SpinUntil(() => states.Count > 0);
        var values = states.Take();
        Assert.That(double.Parse(values["input rate (Hz)"], System.Globalization.CultureInfo.InvariantCulture), Is.InRange(0.1, 1.1));
        Assert.That(double.Parse(values["latency (ms)"], System.Globalization.CultureInfo.InvariantCulture), Is.InRange(50, 5000));
        Assert.That((values["input topic"], values["skipped"]), Is.EqualTo(("/camera/image_raw", "0")));
    }

    [Test]
    public void A_picture_goes_into_a_message_and_back([Values] bool isColor)
    {
        using var picture = isColor ? TestPictures.ColorPattern(1, 20, 16) : TestPictures.GrayPattern(1, 20, 16);
        using var message = new PictureMessage();
        using var frame = new ImageFrame();
        frame.Set(message.Show(picture));
        Assert.That(Cv2.Norm(picture, isColor ? frame.Bgr : frame.Gray), Is.Zero);
        using var part = new Mat(picture, new Rect(4, 2, 8, 8));
        Assert.That(() => message.Show(part), Throws.ArgumentException, "its last row would end behind the picture's");
        using var unfit = new Mat(2, 2, MatType.CV_32FC1);
        Assert.That(() => message.Show(unfit), Throws.ArgumentException);
    }

    private (int Sec, int Width, byte Blue)[] Seen
    {
        get
        {
            lock (_seen)
                return [.. _seen];
        }
    }

    private void Start(params (string Name, object Value)[] parameters)
    {
        foreach (var (name, value) in parameters)
            Assert.That(Node.Parameters.SetAtomically([Parameter.From(name, value)]).Successful);
        _worker.Start();
        _input.Open();
    }

    private static void Send(IPublisher<Image> camera, int sec, string encoding = "mono8")
    {
        Assert.That(camera.WaitForSubscriptions(1, Within.Time));
        camera.Publish(new Image
        {
            Header = { Stamp = { Sec = sec } },
            Width = 4,
            Height = 2,
            Step = 4,
            Encoding = encoding,
            Data = Enumerable.Repeat((byte)9, 8).ToArray(),
        });
    }
}

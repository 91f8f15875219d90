using System.Collections.Concurrent;
using diagnostic_msgs.msg;
using rclcs;
using CameraInfo = sensor_msgs.msg.CameraInfo;
using CompressedImage = sensor_msgs.msg.CompressedImage;
using Image = sensor_msgs.msg.Image;

namespace VisionNodes.Tests;

/// <summary>What a node says when no image comes: why, and what helps.</summary>
public class ImageOutageTests : NodeFixture
{
    private const string Topic = "/camera/image_raw";

    private readonly BlockingCollection<string> _warnings = [];
    private LiveParameters _parameters = null!;
    private ImageWorker _worker = null!;
    private ImageInput _input = null!;
    private ISubscription _log = null!;

    [SetUp]
    public void Create()
    {
        while (_warnings.TryTake(out _))
            continue;
        _log = Neighbour.CreateSubscription<rcl_interfaces.msg.Log>("/rosout", message => _warnings.Add(message.Msg));
        _parameters = new LiveParameters(Node.Parameters);
        _worker = new ImageWorker(Node.Logger, "worker", () => true, (_, _) => { });
        _input = new ImageInput(Node, _parameters, "image", _worker.Put);
        Assert.That(Node.Parameters.Set("input.timeout_seconds", 0.5).Successful);
        _worker.Start();
    }

    [TearDown]
    public void End()
    {
        _input.Dispose();
        _worker.Dispose();
        _parameters.Dispose();
        _log.Dispose();
    }

    [Test]
    public void Nobody_publishes() => Hear("nobody publishes images here: is the camera running");

    [Test]
    public void The_images_are_in_another_namespace_also_where_there_are_more_topics()
    {
        using var depth = Neighbour.CreatePublisher<Image>("/a/depth");
        using var camera = Neighbour.CreatePublisher<Image>("/robot/camera/image_raw");
        Hear("nobody publishes there; there are images on /robot/camera/image_raw, /a/depth: is its topic remapped?");
    }

    [Test]
    public void Pictures_of_a_node_that_waits_for_the_same_camera_are_no_camera()
    {
        using var sibling = Neighbour.CreateSubscription<Image>(Topic, _ => { });
        using var annotated = Neighbour.CreatePublisher<Image>("/situations/annotated");
        Hear("nobody publishes images here");
    }

    [Test]
    public void The_topic_has_another_type()
    {
        using var other = Neighbour.CreatePublisher<CameraInfo>(Topic);
        Hear("/neighbour publishes sensor_msgs/msg/CameraInfo there, not sensor_msgs/msg/Image");
    }

    [TestCase("raw", "nobody publishes there, but there are compressed images on /camera/image_raw/compressed; set input.transport to auto or compressed")]
    [TestCase("compressed", "nobody publishes there, but there are raw images on /camera/image_raw; set input.transport to auto or raw")]
    public void The_transport_is_another(string transport, string reason)
    {
        Assert.That(Node.Parameters.Set("input.transport", transport).Successful);
        using var camera = transport == "raw"
            ? Neighbour.CreatePublisher<CompressedImage>(Topic + "/compressed")
            : (IDisposable)Neighbour.CreatePublisher<Image>(Topic);
        Hear(reason);
    }

    [Test]
    public void The_quality_of_service_does_not_fit()
    {
        Assert.That(Node.Parameters.Set("input.reliability", "reliable").Successful);
        using var camera = Neighbour.CreatePublisher<Image>(Topic, QosProfile.SensorData);
        Hear("/neighbour offers best effort, but input.reliability asks for reliable; set it to auto");
    }

    [Test]
    public void The_camera_sends_nothing()
    {
        using var camera = Neighbour.CreatePublisher<Image>(Topic);
        using var info = Neighbour.CreatePublisher<CameraInfo>("/camera/camera_info");
        Hear("/neighbour is connected but sends nothing, neither there nor on /camera/camera_info: is the camera streaming?");
    }

    [Test]
    public void Without_a_camera_info_silence_and_loss_look_alike()
    {
        using var camera = Neighbour.CreatePublisher<Image>(Topic);
        Hear("/neighbour is connected, but no image arrives complete: is the camera streaming? If it is, parts of large images get lost");
    }

    [TestCase("auto", "let the camera publish reliably, or give the middleware a larger receive buffer")]
    [TestCase("best_effort", "set input.reliability to auto or reliable, or give the middleware a larger receive buffer")]
    public void Where_the_camera_lives_its_images_get_lost_on_the_way(string reliability, string remedy)
    {
        Assert.That(Node.Parameters.Set("input.reliability", reliability).Successful);
        using var camera = Neighbour.CreatePublisher<Image>(Topic);
        using var info = Neighbour.CreatePublisher<CameraInfo>("/camera/camera_info");
        using var timer = Neighbour.CreateWallTimer(TimeSpan.FromSeconds(0.02), () => info.Publish(new CameraInfo()));
        Hear($"/neighbour sends, for /camera/camera_info comes, but no image arrives complete: parts of large images get lost on the way; {remedy}");
    }

    [Test]
    public void A_second_cause_is_heard_and_the_first_one_once_until_images_have_come()
    {
        Hear("nobody publishes images here");
        using var other = Neighbour.CreatePublisher<CameraInfo>(Topic);
        Hear("publishes sensor_msgs/msg/CameraInfo there");
        other.Dispose();
        SpinUntil(() => _input.Outage?.Contains("nobody", StringComparison.Ordinal) == true);
        using var camera = Neighbour.CreatePublisher<Image>(Topic);
        SpinUntil(() => camera.SubscriptionCount == 1);
        camera.Publish(new Image { Width = 1, Height = 1, Step = 1, Encoding = "mono8", Data = new byte[1] });
        SpinUntil(() => _input.Received == 1);
        Assert.That(_input.Outage, Is.Null);
        camera.Dispose();
        Hear("nobody publishes there any more: has the camera ended?");
        Assert.That(_warnings, Is.Empty);
    }

    [Test]
    public void It_stands_in_diagnostics()
    {
        using var states = new BlockingCollection<(byte Level, string Message)>();
        using var diagnosis = Neighbour.CreateSubscription<DiagnosticArray>(
            "/diagnostics", message => states.Add((message.Status[0].Level, message.Status[0].Message)));
        _input.Open();
        using var diagnostics = new Diagnostics(Node, _input, _worker);
        SpinUntil(() => states.Any(state => state.Level == DiagnosticStatus.WARN
            && state.Message.StartsWith($"No image on {Topic}: nobody publishes", StringComparison.Ordinal)));
    }

    /// <summary>Waits for the warning, which no other but known ones may precede.</summary>
    private void Hear(string reason)
    {
        if (!_input.IsSubscribed)
            _input.Open();
        var text = "";
        SpinUntil(() =>
        {
            while (_warnings.TryTake(out var warning))
                text = warning.StartsWith("No image on ", StringComparison.Ordinal) ? warning : text;
            return text.Contains(reason, StringComparison.Ordinal);
        });
    }
}

using System.Globalization;
using System.Text;
using rclcs.Tests.Support;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Tests.Interop;

/// <summary>
/// Our nodes and a program that has Fast DDS and no ROS, over loopback. A writer knows its reader before the reader knows
/// it, so the first messages may go by; from the first that is received on, none may be missing.
/// </summary>
[EmbeddedMiddleware]
public sealed class FastDdsTests
{
    private const int Count = 5;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private string _picture = "";

    [SetUp]
    public void NamePicture() => _picture = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.ppm");

    [TearDown]
    public void DeletePicture() => File.Delete(_picture);

    [Test]
    public void Fast_DDS_receives_our_images()
    {
        using var peer = new FastDdsPeer(
            "listen", "image", "/camera/image_raw", "--loopback", "--count", $"{Count}");
        using var camera = new SpinningNode("camera");
        using var publisher = camera.Node.CreatePublisher<Image>("camera/image_raw");
        var sent = new List<string>();

        do
        {
            var image = Pictures.Create(sent.Count);
            sent.Add(TextOf(image));
            publisher.Publish(image);
        }
        while (!peer.WaitForEnd(Period));

        var received = peer.ReadToEnd();
        var first = sent.IndexOf(received[0]);
        Assert.That(first, Is.Not.Negative);
        Assert.That(received, Is.EqualTo(sent[first..(first + Count)]));
    }

    [Test]
    public void We_receive_every_image_of_Fast_DDS_once_both_know_each_other()
    {
        using var received = new Mailbox<string>();
        using var node = new SpinningNode("viewer");
        using var subscription = node.Node.CreateSubscription<Image>(
            "camera/image_raw", image => received.Post(TextOf(image)));
        node.Start();
        using var peer = PublishFromFastDds(640, 480);

        var images = Enumerable.Range(0, Count).Select(_ => received.Take()).ToList();

        var sent = peer.Stop();
        var first = Array.IndexOf(sent, images[0]);
        Assert.That(first, Is.Not.Negative);
        Assert.That(images, Is.EqualTo(sent[first..(first + Count)]));
    }

    [Test]
    public void A_best_effort_subscription_receives_images_of_a_reliable_Fast_DDS_writer()
    {
        using var received = new Mailbox<string>();
        using var node = new SpinningNode("viewer");
        using var subscription = node.Node.CreateSubscription<Image>(
            "camera/image_raw", image => received.Post(TextOf(image)), QosProfile.SensorData);
        node.Start();

        // One packet each: larger images need larger socket buffers than the system may allow.
        using var peer = PublishFromFastDds(160, 120);
        var image = received.Take();

        Assert.That(peer.Stop(), Does.Contain(image));
    }

    /// <summary>An image the way the program writes it.</summary>
    private static string TextOf(Image image)
    {
        var checksum = 0xcbf29ce484222325;
        foreach (var value in image.Data.Span)
            checksum = unchecked((checksum ^ value) * 0x100000001b3);

        return string.Create(
            CultureInfo.InvariantCulture,
            $"image stamp={image.Header.Stamp.Sec}.{image.Header.Stamp.Nanosec:d9} frame_id={image.Header.FrameId} "
            + $"width={image.Width} height={image.Height} encoding={image.Encoding} step={image.Step} "
            + $"bytes={image.Data.Length} checksum={checksum:x16}");
    }

    /// <summary>Publishes 20 images a second until it is stopped.</summary>
    private FastDdsPeer PublishFromFastDds(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(1).NextBytes(pixels);
        File.WriteAllBytes(_picture, [.. Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n"), .. pixels]);
        return new FastDdsPeer(
            "publish", "image", "/camera/image_raw", _picture, "--loopback", "--count", "1000", "--rate", "20");
    }
}

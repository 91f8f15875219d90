using OpenCvSharp;
using rclcs;
using std_msgs.msg;
using VisionNodes;
using CompressedImage = sensor_msgs.msg.CompressedImage;

namespace FaceAttributes.Node.Outputs;

/// <summary>A topic of JPEG images, with the parameter that says their quality. It keeps the newest one only.</summary>
internal sealed class JpegTopic : OutputTopic
{
    private readonly string _topic;
    private volatile int _quality;
    private volatile Opened? _open;

    /// <summary>Declares the parameter.</summary>
    /// <param name="parameters">Get it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="topic">The topic's name, as for <see cref="INode.CreatePublisher{T}"/>.</param>
    public JpegTopic(LiveParameters parameters, string name, string topic)
    {
        _topic = topic;
        var quality = parameters.Add(name, 80L, $"Quality of {topic}; more means larger images",
            new ParameterDescriptor { IntegerRange = new IntegerRange(1, 100) });
        parameters.OnChange([name], () => null, _ => _quality = (int)quality.Value);
        _quality = (int)quality.Value;
    }

    public override string Name => _open?.Publisher.TopicName ?? "";

    public override bool IsWanted => _open?.Publisher is { IsActivated: true, SubscriptionCount: > 0 };

    public override void Open(LifecycleNode lifecycle) =>
        _open = new Opened(lifecycle.CreatePublisher<CompressedImage>(_topic, QosProfile.Default with { Depth = 1 }), new JpegMessage());

    public override void Close()
    {
        _open?.Publisher.Dispose();
        _open?.Message.Dispose();
        _open = null;
    }

    /// <summary>Compresses a picture and publishes it, while it is open.</summary>
    /// <param name="header">Of the image that it shows.</param>
    /// <param name="picture">Grey (CV_8UC1) or blue-green-red (CV_8UC3).</param>
    public void Publish(Header header, Mat picture)
    {
        var (publisher, message) = _open!;
        header.CopyTo(message.Message.Header);
        publisher.Publish(message.Show(picture, _quality));
    }

    private sealed record Opened(ILifecyclePublisher<CompressedImage> Publisher, JpegMessage Message);
}

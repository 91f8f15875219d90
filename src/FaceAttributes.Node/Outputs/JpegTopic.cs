using OpenCvSharp;
using rclcs;
using std_msgs.msg;
using VisionNodes;
using CompressedImage = sensor_msgs.msg.CompressedImage;

namespace FaceAttributes.Node.Outputs;

/// <summary>A topic of JPEG images, with the parameter that says their quality. It keeps the newest one only.</summary>
internal sealed class JpegTopic : OutputTopic<CompressedImage>
{
    private volatile int _quality;
    private JpegMessage? _message;

    /// <summary>Declares the parameter.</summary>
    /// <param name="parameters">Get it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="topic">The topic's name, as for <see cref="INode.CreatePublisher{T}"/>.</param>
    public JpegTopic(LiveParameters parameters, string name, string topic)
        : base(topic, QosProfile.Default with { Depth = 1 })
    {
        var quality = parameters.Add(name, 80L, $"Quality of {topic}; more means larger images",
            new ParameterDescriptor { IntegerRange = new IntegerRange(1, 100) });
        parameters.OnChange([name], () => null, _ => _quality = (int)quality.Value);
        _quality = (int)quality.Value;
    }

    public override void Close()
    {
        base.Close();
        _message?.Dispose();
        _message = null;
    }

    /// <summary>Compresses a picture and publishes it, while it is open.</summary>
    /// <param name="header">Of the image that it shows.</param>
    /// <param name="picture">Grey (CV_8UC1) or blue-green-red (CV_8UC3).</param>
    public void Publish(Header header, Mat picture)
    {
        _message ??= new JpegMessage();
        header.CopyTo(_message.Message.Header);
        Publish(_message.Show(picture, _quality));
    }
}

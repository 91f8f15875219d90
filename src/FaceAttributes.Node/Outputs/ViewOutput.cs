using OpenCvSharp;
using rclcs;
using VisionNodes;
using CompressedImage = sensor_msgs.msg.CompressedImage;

namespace FaceAttributes.Node.Outputs;

/// <summary>
/// <c>~/view/compressed</c>: the image without drawings, faces as <c>privacy</c> says, for whoever draws what the messages say
/// over it, as the viewer does.
/// </summary>
internal sealed class ViewOutput : Output
{
    private readonly OutputTopic<CompressedImage> _compressed = new("~/view/compressed", QosProfile.Default with { Depth = 1 });
    private readonly PrivacySetting _privacy;
    private volatile int _jpegQuality;
    private Mat? _picture;
    private JpegMessage? _jpeg;

    public ViewOutput(LiveParameters parameters, PrivacySetting privacy)
    {
        _privacy = privacy;
        Topics = [_compressed];
        var quality = parameters.Add("view.jpeg_quality", 80L, "Quality of ~/view/compressed; more means larger images",
            new ParameterDescriptor { IntegerRange = new IntegerRange(1, 100) });
        parameters.OnChange([quality.Name], () => null, _ => _jpegQuality = (int)quality.Value);
        _jpegQuality = (int)quality.Value;
    }

    protected override IReadOnlyList<OutputTopic> Topics { get; }

    protected override bool AreTopicsWanted => _privacy.ShowsPictures && base.AreTopicsWanted;

    protected override void OnOpened(LifecycleNode lifecycle) => (_picture, _jpeg) = (new Mat(), new JpegMessage());

    protected override void OnClosed()
    {
        _jpeg?.Dispose();
        _picture?.Dispose();
        (_picture, _jpeg) = (null, null);
    }

    protected override void PublishWanted(ImageResult result)
    {
        if (!result.ShowsPicture)
            return;
        result.CopyPictureTo(_picture!);
        result.Header.CopyTo(_jpeg!.Message.Header);
        _compressed.Publish(_jpeg.Show(_picture!, _jpegQuality));
    }
}

using FaceAttributes.Drawing;
using OpenCvSharp;
using rclcs;
using VisionNodes;
using CompressedImage = sensor_msgs.msg.CompressedImage;
using Image = sensor_msgs.msg.Image;

namespace FaceAttributes.Node.Outputs;

/// <summary>
/// <c>~/annotated</c> and <c>~/annotated/compressed</c>: the image with its faces drawn in, for people; drawn once for both.
/// </summary>
internal sealed class AnnotatedOutput : Output
{
    private static readonly QosProfile Latest = QosProfile.Default with { Depth = 1 };

    private readonly OutputTopic<Image> _raw = new("~/annotated", Latest);
    private readonly OutputTopic<CompressedImage> _compressed = new("~/annotated/compressed", Latest);
    private readonly PrivacySetting _privacy;
    private readonly LiveParameter<long> _quality;
    private volatile int _jpegQuality;
    private Annotator? _annotator;
    private Mat? _picture;
    private PictureMessage? _message;
    private JpegMessage? _jpeg;

    public AnnotatedOutput(LiveParameters parameters, PrivacySetting privacy)
        : base(parameters, "annotated.enabled", true,
            "Whether ~/annotated and ~/annotated/compressed are there; drawn only while somebody subscribes")
    {
        _privacy = privacy;
        Topics = [_raw, _compressed];
        _quality = parameters.Add("annotated.jpeg_quality", 80L, "Quality of ~/annotated/compressed; more means larger images",
            new ParameterDescriptor { IntegerRange = new IntegerRange(1, 100) });
        parameters.OnChange([_quality.Name], () => null, _ => _jpegQuality = (int)_quality.Value);
        _jpegQuality = (int)_quality.Value;
    }

    protected override IReadOnlyList<OutputTopic> Topics { get; }

    protected override bool AreTopicsWanted => _privacy.ShowsPictures && base.AreTopicsWanted;

    protected override void OnOpened(LifecycleNode lifecycle) =>
        (_annotator, _picture, _message, _jpeg) = (new Annotator(), new Mat(), new PictureMessage(), new JpegMessage());

    protected override void OnClosed()
    {
        _jpeg?.Dispose();
        _message?.Dispose();
        _picture?.Dispose();
        (_annotator, _picture, _message, _jpeg) = (null, null, null, null);
    }

    protected override void PublishWanted(ImageResult result)
    {
        if (!result.ShowsPicture)
            return;
        result.CopyPictureTo(_picture!);
        _annotator!.Draw(result.Tracks, _picture!);
        if (_raw.IsWanted)
        {
            result.Header.CopyTo(_message!.Message.Header);
            _raw.Publish(_message.Show(_picture!));
        }

        if (_compressed.IsWanted)
        {
            result.Header.CopyTo(_jpeg!.Message.Header);
            _compressed.Publish(_jpeg.Show(_picture!, _jpegQuality));
        }
    }
}

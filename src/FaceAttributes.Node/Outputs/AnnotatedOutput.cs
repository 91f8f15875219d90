using FaceAttributes.Drawing;
using OpenCvSharp;
using rclcs;
using VisionNodes;
using Image = sensor_msgs.msg.Image;

namespace FaceAttributes.Node.Outputs;

/// <summary>
/// <c>~/annotated</c> and <c>~/annotated/compressed</c>: the image with its faces drawn in, for people; drawn once for both.
/// </summary>
internal sealed class AnnotatedOutput : Output
{
    private readonly OutputTopic<Image> _raw = new("~/annotated", QosProfile.Default with { Depth = 1 });
    private readonly JpegTopic _compressed;
    private readonly PrivacySetting _privacy;
    private Annotator? _annotator;
    private Mat? _picture;
    private PictureMessage? _message;

    public AnnotatedOutput(LiveParameters parameters, PrivacySetting privacy)
        : base(parameters, "annotated.enabled", true,
            "Whether ~/annotated and ~/annotated/compressed are there; drawn only while somebody subscribes")
    {
        _privacy = privacy;
        _compressed = new JpegTopic(parameters, "annotated.jpeg_quality", "~/annotated/compressed");
        Topics = [_raw, _compressed];
    }

    protected override IReadOnlyList<OutputTopic> Topics { get; }

    protected override bool AreTopicsWanted => _privacy.Now.ShowsPictures && base.AreTopicsWanted;

    protected override void OnOpened(LifecycleNode lifecycle) =>
        (_annotator, _picture, _message) = (new Annotator(), new Mat(), new PictureMessage());

    protected override void OnClosed()
    {
        _message?.Dispose();
        _picture?.Dispose();
        (_annotator, _picture, _message) = (null, null, null);
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
            _compressed.Publish(result.Header, _picture!);
    }
}

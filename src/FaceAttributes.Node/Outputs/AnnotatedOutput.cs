using FaceAttributes.Drawing;
using FaceAttributes.Tracking;
using OpenCvSharp;
using rclcs;
using std_msgs.msg;
using Vision.Imaging;
using VisionNodes;
using Image = sensor_msgs.msg.Image;

namespace FaceAttributes.Node.Outputs;

/// <summary><c>~/annotated</c>: the image with its faces drawn in, for people.</summary>
internal sealed class AnnotatedOutput : Output<Image>
{
    private readonly LiveParameter<bool> _enabled;
    private volatile bool _isEnabled;
    private Annotator? _annotator;
    private Mat? _picture;
    private PictureMessage? _message;

    public AnnotatedOutput(LiveParameters parameters)
        : base("~/annotated", QosProfile.Default with { Depth = 1 })
    {
        _enabled = parameters.Add("annotated.enabled", true, "Whether ~/annotated is drawn and published while somebody subscribes to it");
        parameters.OnChange(["annotated."], () => null, _ => _isEnabled = _enabled.Value);
        _isEnabled = _enabled.Value;
    }

    public override bool IsWanted => _isEnabled && base.IsWanted;

    public override void Open(LifecycleNode lifecycle)
    {
        base.Open(lifecycle);
        (_annotator, _picture, _message) = (new Annotator(), new Mat(), new PictureMessage());
    }

    public override void Close()
    {
        base.Close();
        _message?.Dispose();
        _picture?.Dispose();
        (_annotator, _picture, _message) = (null, null, null);
    }

    protected override Image Make(
        ImageFrame frame, Header header, IReadOnlyList<Track> tracks, IReadOnlyList<Track> lost)
    {
        _annotator!.Draw(frame, tracks, _picture!);
        header.CopyTo(_message!.Message.Header);
        return _message.Show(_picture!);
    }
}

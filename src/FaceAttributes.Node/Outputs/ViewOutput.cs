using VisionNodes;

namespace FaceAttributes.Node.Outputs;

/// <summary>
/// <c>~/view/compressed</c>: the image without drawings, faces as <c>privacy</c> says, for whoever draws what the messages say
/// over it, as the viewer does.
/// </summary>
internal sealed class ViewOutput : Output
{
    private readonly JpegTopic _compressed;
    private readonly PrivacySetting _privacy;

    public ViewOutput(LiveParameters parameters, PrivacySetting privacy)
        : base(parameters, "view.enabled", true, "Whether ~/view/compressed is there, which the viewer shows; made only while somebody subscribes")
    {
        _privacy = privacy;
        _compressed = new JpegTopic(parameters, "view.jpeg_quality", "~/view/compressed");
        Topics = [_compressed];
    }

    protected override IReadOnlyList<OutputTopic> Topics { get; }

    protected override bool AreTopicsWanted => _privacy.Now.ShowsPictures && base.AreTopicsWanted;

    protected override void PublishWanted(ImageResult result)
    {
        if (result.ShowsPicture)
            _compressed.Publish(result.Header, result.Picture);
    }
}

using rclcs;
using VisionNodes;

namespace FaceAttributes.Node;

/// <summary>The parameter <c>privacy</c>: what the node's pictures show of faces. Messages without pictures don't change.</summary>
internal sealed class PrivacySetting
{
    private const string Off = "off";
    private const string BlurAll = "blur_all";
    private const string BlurUnknown = "blur_unknown";
    private const string NoImages = "no_images";

    private volatile string _mode;

    /// <summary>Declares the parameter.</summary>
    /// <exception cref="ParameterException">The value from outside is not allowed.</exception>
    public PrivacySetting(LiveParameters parameters)
    {
        var mode = parameters.Add("privacy", Off,
            "What pictures show of faces: off shows them as they are; blur_all blurs them; blur_unknown puts a mark of its emotion in place of each, and blurs those whose emotion is unknown; with no_images no picture is published",
            new ParameterDescriptor { AllowedStrings = [Off, BlurAll, BlurUnknown, NoImages] });
        parameters.OnChange([mode.Name], () => null, _ => _mode = mode.Value);
        _mode = mode.Value;
    }

    /// <summary>Whether pictures are made at all.</summary>
    public bool ShowsPictures => _mode != NoImages;

    /// <summary>Whether faces must not be recognisable in them.</summary>
    public bool HidesFaces => _mode is BlurAll or BlurUnknown;

    /// <summary>Whether a mark of its emotion takes the place of a face where that is known.</summary>
    public bool MarksEmotions => _mode == BlurUnknown;
}

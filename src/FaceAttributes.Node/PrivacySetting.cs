using rclcs;
using VisionNodes;

namespace FaceAttributes.Node;

/// <summary>The parameter <c>privacy</c>: what the node's pictures show of faces. Messages without pictures don't change.</summary>
internal sealed class PrivacySetting
{
    private const string None = "none"; // Not "off": ros2 param and YAML take that for a bool.
    private const string BlurAll = "blur_all";
    private const string BlurUnknown = "blur_unknown";
    private const string NoImages = "no_images";

    private volatile string _mode;

    /// <summary>Declares the parameter.</summary>
    /// <exception cref="ParameterException">The value from outside is not allowed.</exception>
    public PrivacySetting(LiveParameters parameters)
    {
        var mode = parameters.Add("privacy", None,
            "What pictures show of faces: none shows them as they are; blur_all blurs them; blur_unknown puts a mark of its emotion in place of each, and blurs those whose emotion is unknown; with no_images no picture is published",
            new ParameterDescriptor { AllowedStrings = [None, BlurAll, BlurUnknown, NoImages] });
        parameters.OnChange([mode.Name], () => null, _ => _mode = mode.Value);
        _mode = mode.Value;
    }

    /// <summary>
    /// What is allowed at this moment; read once for an image or a call, so that a change in between can't give what neither value allows.
    /// </summary>
    public Privacy Now
    {
        get
        {
            var mode = _mode;
            return new Privacy(ShowsPictures: mode != NoImages, HidesFaces: mode != None, MarksEmotions: mode == BlurUnknown);
        }
    }
}

/// <summary>What pictures may show.</summary>
/// <param name="ShowsPictures">Whether pictures are made at all.</param>
/// <param name="HidesFaces">Whether faces must not be recognisable in them.</param>
/// <param name="MarksEmotions">Whether a mark of its emotion takes the place of a face where that is known.</param>
internal readonly record struct Privacy(bool ShowsPictures, bool HidesFaces, bool MarksEmotions);

using rclcs;

namespace ReplayCamera;

/// <summary>The parameters of the replay camera.</summary>
/// <param name="Source">What to replay; see <see cref="FrameSources.Open"/>.</param>
/// <param name="Width">Of the image, in pixels. A video keeps its own size.</param>
/// <param name="Height">Of the image, in pixels. A video keeps its own size.</param>
/// <param name="Rate">Images per second; 0 for the source's own rate.</param>
/// <param name="Duration">Seconds after the first image when the camera ends; 0 for never.</param>
/// <param name="FrameId">The optical frame in the images' header.</param>
internal sealed record CameraParameters(
    string Source, int Width, int Height, double Rate, double Duration, string FrameId)
{
    /// <exception cref="ParameterException">A value has the wrong type or is out of range.</exception>
    public static CameraParameters Declare(INode node) => new(
        node.Parameters.Declare("source", "", new ParameterDescriptor
        {
            Description = "/dev/videoN or its number in quotes, a video, a photograph or a folder of photographs; empty for the built-in scene",
            ReadOnly = true,
        }),
        (int)node.Parameters.Declare("width", 640L, new ParameterDescriptor
        {
            Description = "Width of the image in pixels; a video keeps its own",
            ReadOnly = true,
            IntegerRange = new IntegerRange(16, 8192),
        }),
        (int)node.Parameters.Declare("height", 480L, new ParameterDescriptor
        {
            Description = "Height of the image in pixels; a video keeps its own",
            ReadOnly = true,
            IntegerRange = new IntegerRange(16, 8192),
        }),
        node.Parameters.Declare("rate", 0.0, new ParameterDescriptor
        {
            Description = "Images per second; 0 for the source's own rate",
            ReadOnly = true,
            FloatingPointRange = new FloatingPointRange(0, 1000),
        }),
        node.Parameters.Declare("duration", 0.0, new ParameterDescriptor
        {
            Description = "Seconds after the first image when the camera ends; 0 for never",
            ReadOnly = true,
            FloatingPointRange = new FloatingPointRange(0, 1e9),
        }),
        node.Parameters.Declare("frame_id", "camera_optical_frame", new ParameterDescriptor
        {
            Description = "The optical frame in the images' header",
            ReadOnly = true,
        }));
}

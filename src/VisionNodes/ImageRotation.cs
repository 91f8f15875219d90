using rclcs;
using Vision.Imaging;

namespace VisionNodes;

/// <summary>How a camera that is mounted sideways or upside down has to be turned: the parameter <c>input.rotate</c>.</summary>
public sealed class ImageRotation
{
    private volatile Turn _upright;

    /// <summary>Declares the parameter.</summary>
    /// <param name="parameters">Get it.</param>
    /// <exception cref="ParameterException">A value from outside is not allowed.</exception>
    public ImageRotation(LiveParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var degrees = parameters.Add("input.rotate", 0L,
            "Degrees by which the image has to be turned clockwise to be upright, for a camera that is mounted sideways or upside down",
            new ParameterDescriptor { IntegerRange = new IntegerRange(0, 270, 90) });
        _upright = (Turn)degrees.Value;
        parameters.OnChange([degrees.Name], () => null, _ => _upright = (Turn)degrees.Value);
    }

    /// <summary>How images have to be turned to be upright: <see cref="ImageFrame.Upright"/>. May be read by any thread.</summary>
    public Turn Upright => _upright;
}

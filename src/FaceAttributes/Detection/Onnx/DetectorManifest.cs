using Vision.Geometry;
using Vision.Inference;

namespace FaceAttributes.Detection.Onnx;

/// <summary>The manifest of a network that finds faces (<c>kind: detector</c>).</summary>
/// <remarks>Height and width of its input are those that it learned; where the network takes others, others may be used.</remarks>
public sealed record DetectorManifest : ModelManifest
{
    private static readonly string[] FramingKeys = ["scale", "right", "down"];

    private DetectorManifest(string path)
        : base(path, "detector", ["decoding", "score_threshold", "nms_threshold", "framing"], ["layout"], out var root)
    {
        var input = root.Map("input");
        if (Input.Channels == ChannelOrder.Gray)
            throw input.Wrong("channels", "is 'gray'; a detector's network sees colours: it must be rgb or bgr");
        if (input.Has("layout"))
        {
            Input = Input with
            {
                Layout = input.Choice("layout", ("planes", TensorLayout.Planes), ("pixels", TensorLayout.Pixels)),
            };
        }

        Decoding = root.Choice("decoding", DetectorDecoding.All);
        ScoreThreshold = root.Number("score_threshold", above: 0, most: 1);
        if (ScoreThreshold >= 1)
            throw root.Wrong("score_threshold", "is 1, which no face reaches; it must be below 1");
        NmsThreshold = root.Number("nms_threshold", least: 0, most: 1);
        var framing = root.Map("framing");
        framing.AllowOnly(FramingKeys);
        Framing = new Framing(
            (float)framing.Number("scale", above: 0, most: 10),
            (float)framing.Number("right", least: -1, most: 1),
            (float)framing.Number("down", least: -1, most: 1));
    }

    /// <summary>The family of networks that it is of, which says what its outputs mean.</summary>
    public DetectorDecoding Decoding { get; init; }

    /// <summary>The score, from 0 to 1, from which on a face is one, unless a user wants another.</summary>
    public double ScoreThreshold { get; init; }

    /// <summary>The intersection over union up to which two boxes are two faces, unless a user wants another.</summary>
    public double NmsThreshold { get; init; }

    /// <summary>From the network's boxes to those that the other networks learned with.</summary>
    public Framing Framing { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The YAML file.</param>
    /// <exception cref="ModelException">The file is missing, or not exactly as it should be.</exception>
    public static DetectorManifest Load(string path) => new(path);
}

/// <summary>
/// From a detector's box to the square that the attribute networks learned with, which is that of the Haar cascade: each detector
/// frames a face in a way of its own, and a network that knows another way is wrong more often.
/// </summary>
/// <param name="Scale">The square's side, relative to the mean of the box's width and height.</param>
/// <param name="Right">From the box's centre to the square's, likewise.</param>
/// <param name="Down">From the box's centre to the square's, likewise.</param>
public readonly record struct Framing(float Scale, float Right, float Down)
{
    /// <summary>The square for a box.</summary>
    public Box Apply(in Box box)
    {
        var size = (box.Width + box.Height) / 2;
        return Box.Square(box.CenterX + Right * size, box.CenterY + Down * size, Scale * size);
    }
}

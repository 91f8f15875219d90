namespace Vision.Inference;

/// <summary>The planes of a network's input, in order.</summary>
public enum ChannelOrder
{
    /// <summary>One plane of grey.</summary>
    Gray,

    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,
}

/// <summary>The image that a network takes: an N × channels × height × width tensor of 32-bit floats.</summary>
/// <param name="Name">The input's name in the graph.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">The planes.</param>
/// <param name="Low">Value of a black pixel.</param>
/// <param name="High">Value of a white pixel.</param>
public sealed record ModelInput(string Name, int Height, int Width, ChannelOrder Channels, float Low, float High)
{
    /// <summary>Planes of one image.</summary>
    public int ChannelCount => Channels == ChannelOrder.Gray ? 1 : 3;

    /// <summary>Floats of one image.</summary>
    public int Length => ChannelCount * Height * Width;

    /// <summary>Channels, height, width: the shape of one image.</summary>
    public int[] Shape => [ChannelCount, Height, Width];
}

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

/// <summary>How an image lies in a network's input.</summary>
public enum TensorLayout
{
    /// <summary>N × channels × height × width: one plane after the other.</summary>
    Planes,

    /// <summary>N × height × width × channels: one pixel after the other.</summary>
    Pixels,
}

/// <summary>The image that a network takes: a tensor of 32-bit floats.</summary>
/// <param name="Name">The input's name in the graph.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">The planes.</param>
/// <param name="Low">Value of a black pixel.</param>
/// <param name="High">Value of a white pixel.</param>
/// <param name="Layout">How it lies in the tensor.</param>
public sealed record ModelInput(
    string Name, int Height, int Width, ChannelOrder Channels, float Low, float High, TensorLayout Layout = TensorLayout.Planes)
{
    /// <summary>Planes of one image.</summary>
    public int ChannelCount => Channels == ChannelOrder.Gray ? 1 : 3;

    /// <summary>Floats of one image.</summary>
    public int Length => ChannelCount * Height * Width;

    /// <summary>The shape of one image: channels, height, width, in the order of the layout.</summary>
    public int[] Shape => Layout == TensorLayout.Planes ? [ChannelCount, Height, Width] : [Height, Width, ChannelCount];
}

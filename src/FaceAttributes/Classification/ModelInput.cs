namespace FaceAttributes.Classification;

/// <summary>What a network wants to see: an N × channels × height × width tensor of 32-bit floats.</summary>
/// <param name="Name">The input's name in the graph.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">The planes.</param>
/// <param name="Low">Value of a black pixel.</param>
/// <param name="High">Value of a white pixel.</param>
/// <param name="Margin">What is added to the face's box on each side, relative to its longer side.</param>
public sealed record ModelInput(
    string Name, int Height, int Width, ChannelOrder Channels, float Low, float High, double Margin)
{
    /// <summary>Planes of one face.</summary>
    public int ChannelCount => Channels == ChannelOrder.Gray ? 1 : 3;

    /// <summary>Floats of one face.</summary>
    public int Length => ChannelCount * Height * Width;
}

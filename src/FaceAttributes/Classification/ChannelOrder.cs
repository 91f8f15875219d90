namespace FaceAttributes.Classification;

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

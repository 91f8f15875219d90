namespace Vision.Imaging;

/// <summary>
/// A picture cannot be used: its encoding is unknown, or its size, step and buffer do not fit together.
/// The message is one sentence for the person who runs the camera.
/// </summary>
public sealed class ImageException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, what was found and what is expected.</param>
    public ImageException(string message)
        : base(message)
    {
    }
}

using System.Runtime.CompilerServices;

namespace Vision.Imaging;

/// <summary>
/// A picture cannot be used: its encoding is unknown, or its size, step and buffer do not fit together.
/// The message is one sentence for the person who runs the camera.
/// </summary>
public sealed class ImageException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, what was found and what is expected.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public ImageException(string message, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(message) => Cause = $"{Path.GetFileName(file)}:{line}";

    /// <summary>Which check the picture failed: the same for all pictures of one fault, whatever their numbers are.</summary>
    public string Cause { get; }
}

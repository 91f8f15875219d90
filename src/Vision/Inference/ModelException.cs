namespace Vision.Inference;

/// <summary>
/// A model cannot be used: its manifest is wrong, a file is missing, or network and manifest don't fit together.
/// The message is one sentence with file, line or key, and remedy.
/// </summary>
public sealed class ModelException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="inner">What caused it.</param>
    public ModelException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

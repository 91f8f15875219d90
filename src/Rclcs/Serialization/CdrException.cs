namespace rclcs.Serialization;

/// <summary>A message cannot be written as CDR, or bytes cannot be read as the message they should be.</summary>
public sealed class CdrException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public CdrException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, in one sentence.</param>
    public CdrException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, in one sentence.</param>
    /// <param name="innerException">What led to it.</param>
    public CdrException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace rclcs;

/// <summary>A parameter is used against its declaration, or a value is not allowed for it.</summary>
public sealed class ParameterException : RuntimeError
{
    /// <summary>Creates the exception without a reason.</summary>
    public ParameterException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which parameter, which value, why and from where, in one sentence.</param>
    public ParameterException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which parameter, which value, why and from where, in one sentence.</param>
    /// <param name="innerException">What led to it.</param>
    public ParameterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

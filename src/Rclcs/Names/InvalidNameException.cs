namespace rclcs;

/// <summary>A name of a node, namespace, topic or parameter breaks ROS 2's rules.</summary>
public sealed class InvalidNameException : RuntimeError
{
    /// <summary>Creates the exception without a reason.</summary>
    public InvalidNameException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which name breaks which rule, in one sentence.</param>
    public InvalidNameException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which name breaks which rule, in one sentence.</param>
    /// <param name="innerException">What led to it.</param>
    public InvalidNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

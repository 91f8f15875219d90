namespace rclcs;

/// <summary>The middleware failed, or is used against the rules of ROS.</summary>
public class RuntimeError : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public RuntimeError()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What, where, and what to do, in one sentence.</param>
    public RuntimeError(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What, where, and what to do, in one sentence.</param>
    /// <param name="innerException">What led to it.</param>
    public RuntimeError(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A context is used before Rclcs.Init or after Rclcs.Shutdown.</summary>
public sealed class NotInitializedException : RuntimeError
{
    /// <summary>Creates the exception with a sentence that says what to do.</summary>
    public NotInitializedException()
        : base("The context is not initialized: call Rclcs.Init first, and do not use it after Rclcs.Shutdown.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What, where, and what to do, in one sentence.</param>
    public NotInitializedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What, where, and what to do, in one sentence.</param>
    /// <param name="innerException">What led to it.</param>
    public NotInitializedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

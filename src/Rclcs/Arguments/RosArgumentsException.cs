namespace rclcs;

/// <summary>Something between <c>--ros-args</c> and <c>--</c>, or in a parameter file named there, is wrong.</summary>
public sealed class RosArgumentsException : RuntimeError
{
    /// <summary>Creates the exception without a reason.</summary>
    public RosArgumentsException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which argument is wrong and how, in one sentence.</param>
    public RosArgumentsException(string message)
        : base(OnOneLine(message))
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which argument is wrong and how, in one sentence.</param>
    /// <param name="innerException">What led to it.</param>
    public RosArgumentsException(string message, Exception innerException)
        : base(OnOneLine(message), innerException)
    {
    }

    // What arguments and files hold may end lines.
    private static string OnOneLine(string message) =>
        string.Concat(message.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}

namespace FaceAttributes.Evaluation;

/// <summary>
/// Something cannot be measured: an argument is wrong, data are missing or damaged, or nothing is known to measure an
/// attribute on. The message is one sentence that says what, where and what to do.
/// </summary>
internal sealed class EvaluationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="inner">What caused it.</param>
    public EvaluationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

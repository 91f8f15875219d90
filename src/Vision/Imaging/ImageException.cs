namespace Vision.Imaging;

/// <summary>
/// A picture cannot be used: its encoding is unknown, or its size, step and buffer do not fit together.
/// The message is one sentence for the person who runs the camera.
/// </summary>
public sealed class ImageException : Exception
{
    private const int LongestQuote = 40;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, what was found and what is expected.</param>
    public ImageException(string message)
        : base(message)
    {
    }

    /// <summary>
    /// Text from a message in quotation marks, fit for one line of a log: 40 characters at most, no control codes.
    /// </summary>
    internal static string Quote(string text)
    {
        var shown = text.Length > LongestQuote ? text[..LongestQuote] + "…" : text;
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is
            System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator ? '?' : c))}'";
    }
}

namespace FaceViewer.Rest;

/// <summary>An upload that is not taken; the message says why.</summary>
/// <param name="status">HTTP's status code.</param>
/// <param name="message">A sentence for people.</param>
internal sealed class UploadException(int status, string message) : Exception(message)
{
    /// <summary>HTTP's status code.</summary>
    public int Status { get; } = status;
}

using OpenCvSharp;

namespace FaceAttributes.Evaluation.Data;

/// <summary>A JPEG in memory.</summary>
/// <param name="jpeg">Its bytes.</param>
/// <param name="origin">File and row, for the error message.</param>
internal sealed class JpegPicture(ReadOnlyMemory<byte> jpeg, string origin) : FacePicture
{
    /// <inheritdoc/>
    public override Mat Decode()
    {
        var picture = Cv2.ImDecode(jpeg.Span, ImreadModes.Color);
        if (!picture.Empty())
            return picture;
        picture.Dispose();
        throw new EvaluationException($"{origin} is no JPEG; fetch the data set again.");
    }
}

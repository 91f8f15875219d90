using System.Runtime.InteropServices;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Data;

/// <summary>A data set's picture of one face, as it is stored. May be used by several threads at once.</summary>
internal abstract class FacePicture
{
    /// <summary>Decodes it: grey (CV_8UC1) or blue-green-red (CV_8UC3). The caller disposes of it.</summary>
    /// <exception cref="EvaluationException">It is damaged.</exception>
    public abstract Mat Decode();
}

/// <summary>Square grey pixels in memory.</summary>
/// <param name="pixels">Row after row, one byte each.</param>
/// <param name="side">Pixels in a row, and rows.</param>
internal sealed class GrayPicture(byte[] pixels, int side) : FacePicture
{
    /// <inheritdoc/>
    public override Mat Decode()
    {
        var picture = new Mat(side, side, MatType.CV_8UC1);
        Marshal.Copy(pixels, 0, picture.Data, side * side);
        return picture;
    }
}

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

using System.Runtime.InteropServices;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Data;

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

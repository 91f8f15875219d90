using OpenCvSharp;
using OpenCvSharp.Internal;
using Vision.Imaging;

namespace FaceAttributes.Drawing;

/// <summary>
/// OpenCV's drawing on a blue-green-red image, through OpenCvSharp's own native layer: its public functions make a finalisable
/// wrapper for every line of text. Dispose it before the image.
/// </summary>
internal readonly ref struct Canvas
{
    public const HersheyFonts Font = HersheyFonts.HersheySimplex;

    private readonly Mat _image;
    private readonly nint _output;

    public Canvas(Mat image)
    {
        _image = image;
        NativeMethods.HandleException(NativeMethods.core_OutputArray_new_byMat(image.CvPtr, out _output));
    }

    /// <summary>How wide a text of ASCII is, in pixels.</summary>
    public static int Measure(string text, double scale, int thickness)
    {
        NativeMethods.HandleException(
            NativeMethods.imgproc_getTextSize(text, (int)Font, scale, thickness, out _, out var size));
        return size.Width;
    }

    /// <summary>Writes a text of ASCII whose first letter stands at the origin.</summary>
    public void Text(string text, Point origin, double scale, Scalar color, int thickness) =>
        NativeMethods.HandleException(NativeMethods.imgproc_putText(
            _output, text, origin, (int)Font, scale, color, thickness, (int)LineTypes.AntiAlias, bottomLeftOrigin: 0));

    /// <summary>Draws the edges of a rectangle, which may leave the image.</summary>
    public void Rectangle(Rect rectangle, Scalar color, int thickness) =>
        NativeMethods.HandleException(NativeMethods.imgproc_rectangle_InputOutputArray_Rect(
            _output, rectangle, color, thickness, (int)LineTypes.Link8, shift: 0));

    /// <summary>Draws a straight line.</summary>
    public void Line(Point from, Point to, Scalar color, int thickness) =>
        NativeMethods.HandleException(
            NativeMethods.imgproc_line(_output, from, to, color, thickness, (int)LineTypes.AntiAlias, shift: 0));

    /// <summary>Darkens the part of the image that lies in a rectangle.</summary>
    public void Darken(Rect rectangle, double factor)
    {
        using var part = NativeMat.Part(_image, rectangle & new Rect(0, 0, _image.Width, _image.Height));
        NativeMethods.HandleException(NativeMethods.core_OutputArray_new_byMat(part.Pointer, out var output));
        var status = NativeMethods.core_Mat_convertTo(part.Pointer, output, MatType.CV_8UC3, factor, beta: 0);
        NativeMethods.HandleException(NativeMethods.core_OutputArray_delete(output));
        NativeMethods.HandleException(status);
    }

    public void Dispose()
    {
        NativeMethods.HandleException(NativeMethods.core_OutputArray_delete(_output));
        GC.KeepAlive(_image);
    }
}

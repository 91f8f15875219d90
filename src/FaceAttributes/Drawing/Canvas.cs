using OpenCvSharp;
using OpenCvSharp.Internal;
using Vision.Imaging;

namespace FaceAttributes.Drawing;

/// <summary>
/// OpenCV's drawing on a blue-green-red image, through OpenCvSharp's own native layer: its public functions make a finalisable
/// wrapper in each call. Dispose it before the image.
/// </summary>
internal readonly ref struct Canvas
{
    private readonly nint _output;

    public Canvas(Mat image)
    {
        Image = image;
        NativeMethods.HandleException(NativeMethods.core_OutputArray_new_byMat(image.CvPtr, out _output));
    }

    /// <summary>What is drawn into.</summary>
    public Mat Image { get; }

    /// <summary>Draws the edges of a rectangle, which may leave the image.</summary>
    public void Rectangle(Rect rectangle, Scalar color, int thickness) =>
        NativeMethods.HandleException(NativeMethods.imgproc_rectangle_InputOutputArray_Rect(
            _output, rectangle, color, thickness, (int)LineTypes.Link8, shift: 0));

    /// <summary>Fills a circle, which may leave the image.</summary>
    public void Disc(Point center, int radius, Scalar color) =>
        NativeMethods.HandleException(NativeMethods.imgproc_circle(_output, center, radius, color, -1, (int)LineTypes.AntiAlias, 0));

    /// <summary>Draws a part of an ellipse, which may leave the image.</summary>
    /// <param name="center">Its centre.</param>
    /// <param name="axes">Half of its width and height.</param>
    /// <param name="from">Where it begins, in degrees clockwise from the right.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="color">Blue, green, red.</param>
    /// <param name="thickness">Of the line, in pixels.</param>
    public void Arc(Point center, Size axes, double from, double to, Scalar color, int thickness) =>
        NativeMethods.HandleException(NativeMethods.imgproc_ellipse1(
            _output, center, axes, 0, from, to, color, thickness, (int)LineTypes.AntiAlias, 0));

    /// <summary>Draws a line, which may leave the image.</summary>
    public void Line(Point from, Point to, Scalar color, int thickness) =>
        NativeMethods.HandleException(NativeMethods.imgproc_line(_output, from, to, color, thickness, (int)LineTypes.AntiAlias, 0));

    /// <summary>Darkens the part of the image that lies in a rectangle.</summary>
    public void Darken(Rect rectangle, double factor)
    {
        using var part = NativeMat.Part(Image, rectangle & new Rect(0, 0, Image.Width, Image.Height));
        NativeMethods.HandleException(NativeMethods.core_OutputArray_new_byMat(part.Pointer, out var output));
        var status = NativeMethods.core_Mat_convertTo(part.Pointer, output, MatType.CV_8UC3, factor, beta: 0);
        NativeMethods.HandleException(NativeMethods.core_OutputArray_delete(output));
        NativeMethods.HandleException(status);
    }

    public void Dispose()
    {
        NativeMethods.HandleException(NativeMethods.core_OutputArray_delete(_output));
        GC.KeepAlive(Image);
    }
}

using OpenCvSharp;
using OpenCvSharp.Internal;
using OpenCvSharp.Internal.Vectors;

namespace Vision.Imaging;

/// <summary>
/// OpenCV's functions that run on every frame, on OpenCvSharp's own native layer. <see cref="Cv2"/> makes finalisable
/// wrappers in each call, which the collector has to clear away; these allocate nothing on the managed heap.
/// </summary>
public static class OpenCv
{
    /// <summary>
    /// Keeps OpenCV from logging, unless <c>OPENCV_LOG_LEVEL</c> is set: what it would say of each image or source that it cannot read,
    /// programs say in one sentence, and not each time.
    /// </summary>
    public static void Silence()
    {
        if (Environment.GetEnvironmentVariable("OPENCV_LOG_LEVEL") is null)
            Cv2.SetLogLevel(LogLevel.SILENT);
    }

    /// <summary>Converts <paramref name="source"/> (a <c>cv::Mat*</c>) into <paramref name="destination"/>.</summary>
    public static void CvtColor(nint source, Mat destination, ColorConversionCodes code)
    {
        NativeMethods.HandleException(NativeMethods.core_InputArray_new_byMat(source, out var input));
        NativeMethods.HandleException(NativeMethods.core_OutputArray_new_byMat(destination.CvPtr, out var output));
        var status = NativeMethods.imgproc_cvtColor(input, output, (int)code, 0);
        Release(input, output);
        NativeMethods.HandleException(status);
        GC.KeepAlive(destination);
    }

    /// <summary>Resamples <paramref name="source"/> (a <c>cv::Mat*</c>) to a size.</summary>
    public static void Resize(
        nint source, Mat destination, Size size, InterpolationFlags interpolation = InterpolationFlags.Linear)
    {
        NativeMethods.HandleException(NativeMethods.core_InputArray_new_byMat(source, out var input));
        NativeMethods.HandleException(NativeMethods.core_OutputArray_new_byMat(destination.CvPtr, out var output));
        var status = NativeMethods.imgproc_resize(input, output, size, 0, 0, (int)interpolation);
        Release(input, output);
        NativeMethods.HandleException(status);
        GC.KeepAlive(destination);
    }

    /// <summary>Turns a picture; the destination is another one.</summary>
    /// <param name="source">Any picture.</param>
    /// <param name="destination">Becomes the turned one.</param>
    /// <param name="turn">Not <see cref="Turn.None"/>.</param>
    public static void Rotate(Mat source, Mat destination, Turn turn)
    {
        var code = turn switch
        {
            Turn.Right => RotateFlags.Rotate90Clockwise,
            Turn.Half => RotateFlags.Rotate180,
            Turn.Left => RotateFlags.Rotate90Counterclockwise,
            _ => throw new ArgumentOutOfRangeException(nameof(turn), $"A turn by {turn} is none."),
        };
        NativeMethods.HandleException(NativeMethods.core_InputArray_new_byMat(source.CvPtr, out var input));
        NativeMethods.HandleException(NativeMethods.core_OutputArray_new_byMat(destination.CvPtr, out var output));
        var status = NativeMethods.core_rotate(input, output, (int)code);
        Release(input, output);
        NativeMethods.HandleException(status);
        GC.KeepAlive(source);
        GC.KeepAlive(destination);
    }

    /// <summary>Replaces each byte of a picture by another.</summary>
    /// <param name="source">Of bytes.</param>
    /// <param name="table">256 bytes: what takes the place of each.</param>
    /// <param name="destination">Becomes the new picture.</param>
    public static void Lut(Mat source, nint table, Mat destination)
    {
        using var header = new NativeMat(table, 1, 256, MatType.CV_8UC1, 256);
        NativeMethods.HandleException(NativeMethods.core_InputArray_new_byMat(source.CvPtr, out var input));
        NativeMethods.HandleException(NativeMethods.core_InputArray_new_byMat(header.Pointer, out var lut));
        NativeMethods.HandleException(NativeMethods.core_OutputArray_new_byMat(destination.CvPtr, out var output));
        var status = NativeMethods.core_LUT(input, lut, output);
        NativeMethods.HandleException(NativeMethods.core_InputArray_delete(lut));
        Release(input, output);
        NativeMethods.HandleException(status);
        GC.KeepAlive(source);
        GC.KeepAlive(destination);
    }

    /// <summary>Spreads the grey values of a picture over the whole range.</summary>
    public static void EqualizeHist(Mat source, Mat destination)
    {
        NativeMethods.HandleException(NativeMethods.core_InputArray_new_byMat(source.CvPtr, out var input));
        NativeMethods.HandleException(NativeMethods.core_OutputArray_new_byMat(destination.CvPtr, out var output));
        var status = NativeMethods.imgproc_equalizeHist(input, output);
        Release(input, output);
        NativeMethods.HandleException(status);
        GC.KeepAlive(source);
        GC.KeepAlive(destination);
    }

    /// <summary>Copies <paramref name="source"/> (a <c>cv::Mat*</c>) into <paramref name="destination"/>.</summary>
    public static void Copy(nint source, Mat destination)
    {
        NativeMethods.HandleException(NativeMethods.core_Mat_copyTo_toMat1(source, destination.CvPtr));
        GC.KeepAlive(destination);
    }

    /// <summary>Copies <paramref name="source"/> over the pixels that a header of the same size and type names.</summary>
    public static void Copy(Mat source, in NativeMat destination)
    {
        NativeMethods.HandleException(NativeMethods.core_Mat_copyTo_toMat1(source.CvPtr, destination.Pointer));
        GC.KeepAlive(source);
    }

    /// <summary>Compresses a picture.</summary>
    /// <param name="extension">Such as <c>.jpg</c>.</param>
    /// <param name="source">Grey or blue-green-red bytes.</param>
    /// <param name="parameters">Pairs of an <see cref="ImwriteFlags"/> and its value.</param>
    /// <param name="destination">Becomes the file's bytes; its memory is used again.</param>
    public static void Encode(string extension, Mat source, int[] parameters, VectorOfByte destination)
    {
        NativeMethods.HandleException(NativeMethods.core_InputArray_new_byMat(source.CvPtr, out var input));
        var status = NativeMethods.imgcodecs_imencode_vector(
            extension, input, destination.CvPtr, parameters, parameters.Length, out _);
        NativeMethods.HandleException(NativeMethods.core_InputArray_delete(input));
        NativeMethods.HandleException(status);
        GC.KeepAlive(source);
    }

    private static void Release(nint input, nint output)
    {
        NativeMethods.HandleException(NativeMethods.core_InputArray_delete(input));
        NativeMethods.HandleException(NativeMethods.core_OutputArray_delete(output));
    }
}

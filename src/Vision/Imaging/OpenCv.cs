using OpenCvSharp;
using OpenCvSharp.Internal;

namespace Vision.Imaging;

/// <summary>
/// OpenCV's functions that run on every frame, on OpenCvSharp's own native layer. <see cref="Cv2"/> makes finalisable
/// wrappers in each call, which the collector has to clear away; these allocate nothing on the managed heap.
/// </summary>
public static class OpenCv
{
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

    private static void Release(nint input, nint output)
    {
        NativeMethods.HandleException(NativeMethods.core_InputArray_delete(input));
        NativeMethods.HandleException(NativeMethods.core_OutputArray_delete(output));
    }
}

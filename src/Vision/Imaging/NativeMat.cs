using OpenCvSharp;
using OpenCvSharp.Internal;

namespace Vision.Imaging;

/// <summary>
/// A <c>cv::Mat</c> header over pixels that somebody else owns, without a managed object: <see cref="Mat"/> would be
/// one finalisable object (and its handle) for every use. Dispose it before the pixels go.
/// </summary>
public readonly ref struct NativeMat : IDisposable
{
    /// <summary>A header over pixels in native or pinned memory.</summary>
    public NativeMat(nint pixels, int rows, int columns, MatType type, int step)
    {
        NativeMethods.HandleException(
            NativeMethods.core_Mat_new8(rows, columns, type, pixels, step, out var pointer));
        Pointer = pointer;
    }

    private NativeMat(nint pointer) => Pointer = pointer;

    /// <summary>The <c>cv::Mat*</c>, for <see cref="OpenCv"/>.</summary>
    public nint Pointer { get; }

    /// <summary>A header over a part of a picture.</summary>
    public static NativeMat Part(Mat picture, Rect part)
    {
        NativeMethods.HandleException(NativeMethods.core_Mat_new7(picture.CvPtr, part, out var pointer));
        GC.KeepAlive(picture);
        return new NativeMat(pointer);
    }

    /// <summary>Frees the header; the pixels stay with their owner.</summary>
    public void Dispose() => NativeMethods.HandleException(NativeMethods.core_Mat_delete(Pointer));
}

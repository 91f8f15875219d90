using OpenCvSharp;
using OpenCvSharp.Internal;

namespace Vision.Imaging;

/// <summary>
/// A <c>cv::Mat</c> header, mostly over pixels that somebody else owns, without a managed object: <see cref="Mat"/> would be
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

    /// <summary>Whether there are no pixels.</summary>
    public bool IsEmpty
    {
        get
        {
            NativeMethods.HandleException(NativeMethods.core_Mat_empty(Pointer, out var empty));
            return empty != 0;
        }
    }

    /// <summary>A header over a part of a picture.</summary>
    public static NativeMat Part(Mat picture, Rect part)
    {
        NativeMethods.HandleException(NativeMethods.core_Mat_new7(picture.CvPtr, part, out var pointer));
        GC.KeepAlive(picture);
        return new NativeMat(pointer);
    }

    /// <summary>A picture decoded from a file's bytes in native or pinned memory; it has pixels of its own.</summary>
    /// <returns>An empty picture where OpenCV cannot decode it.</returns>
    public static NativeMat Decode(nint bytes, int length, ImreadModes mode)
    {
        using var buffer = new NativeMat(bytes, 1, length, MatType.CV_8UC1, length);
        NativeMethods.HandleException(NativeMethods.imgcodecs_imdecode_Mat(buffer.Pointer, (int)mode, out var pointer));
        return new NativeMat(pointer);
    }

    /// <summary>Frees the header, and the pixels of a decoded picture; others stay with their owner.</summary>
    public void Dispose() => NativeMethods.HandleException(NativeMethods.core_Mat_delete(Pointer));
}

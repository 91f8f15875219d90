using OpenCvSharp;
using OpenCvSharp.Internal;

namespace FaceAttributes.Imaging;

/// <summary>
/// A <c>cv::Mat</c> header over pixels that somebody else owns, without a managed object: <see cref="Mat"/> would be
/// one finalisable object (and its handle) for every frame of a camera. Dispose it before the pixels go.
/// </summary>
internal readonly ref struct NativeMat : IDisposable
{
    public NativeMat(nint pixels, int rows, int columns, MatType type, int step)
    {
        NativeMethods.HandleException(
            NativeMethods.core_Mat_new8(rows, columns, type, pixels, step, out var pointer));
        Pointer = pointer;
    }

    /// <summary>The <c>cv::Mat*</c>, for <see cref="OpenCv"/>.</summary>
    public nint Pointer { get; }

    public void Dispose() => NativeMethods.HandleException(NativeMethods.core_Mat_delete(Pointer));
}

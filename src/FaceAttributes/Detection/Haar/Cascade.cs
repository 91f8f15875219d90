using OpenCvSharp;
using OpenCvSharp.Internal;
using OpenCvSharp.Internal.Vectors;
using Vision.Imaging;

namespace FaceAttributes.Detection.Haar;

/// <summary>OpenCV's cascade classifier and grouping of windows, without an allocation in a call.</summary>
internal sealed unsafe class Cascade : IDisposable
{
    // How far the edges of two windows on one face may be apart, relative to their size: OpenCV's value.
    private const double GroupTolerance = 0.2;

    private readonly CascadeClassifier _classifier = new();
    private readonly VectorOfRect _windows = new();
    private readonly VectorOfInt32 _counts = new();
    private readonly Mat _scaled = new();

    /// <summary>Loads a cascade file.</summary>
    /// <exception cref="InvalidDataException">The file is no cascade.</exception>
    public Cascade(string path)
    {
        if (!TryLoad(path))
        {
            Dispose();
            throw new InvalidDataException($"{path} is not a cascade that OpenCV can read; name another cascade file.");
        }

        Window = _classifier.GetOriginalWindowSize();
    }

    /// <summary>The smallest face that the cascade can see, in pixels.</summary>
    public Size Window { get; }

    /// <summary>How many windows went into each group of the last grouping.</summary>
    public ReadOnlySpan<int> Counts =>
        _counts.Size == 0 ? [] : new ReadOnlySpan<int>((void*)_counts.ElemPtr, _counts.Size);

    /// <summary>Finds the windows of a part of a picture that look like a face.</summary>
    /// <param name="picture">Grey.</param>
    /// <param name="part">Where to look.</param>
    /// <param name="scaledTo">The size to which the part is brought first.</param>
    /// <param name="smallest">Smallest window there, in pixels.</param>
    /// <param name="largest">Largest window there, in pixels.</param>
    /// <param name="scaleFactor">From each size of window to the next.</param>
    /// <returns>Windows in pixels of the scaled part, not in a certain order; valid until the next call.</returns>
    public ReadOnlySpan<Rect> Find(
        Mat picture, Rect part, Size scaledTo, Size smallest, Size largest, double scaleFactor)
    {
        using (var view = NativeMat.Part(picture, part))
            OpenCv.Resize(view.Pointer, _scaled, scaledTo);
        NativeMethods.HandleException(NativeMethods.objdetect_CascadeClassifier_detectMultiScale1(
            _classifier.CvPtr, _scaled.CvPtr, _windows.CvPtr, scaleFactor, minNeighbors: 0, flags: 0, smallest, largest));
        return View(_windows.CvPtr);
    }

    /// <summary>Makes one box of each group of more than so many windows that <see cref="Find"/> found.</summary>
    /// <returns>The boxes; valid until the next call.</returns>
    public ReadOnlySpan<Rect> Group(int minNeighbors)
    {
        Group(_windows.CvPtr, minNeighbors);
        return View(_windows.CvPtr);
    }

    /// <summary>Makes one box of each group of the first windows of an array, also of a window that stands alone.</summary>
    /// <param name="windows">The windows; room for twice as many.</param>
    /// <param name="count">How many there are. Then: how many boxes took their place.</param>
    public void Group(Rect[] windows, ref int count)
    {
        // OpenCV drops what stands alone; so that nothing does, each window comes twice.
        Array.Copy(windows, 0, windows, count, count);
        var vector = NativeMethods.vector_Rect_new3(windows, (nuint)(2 * count));
        Group(vector, minNeighbors: 1);
        var boxes = View(vector);
        boxes.CopyTo(windows);
        count = boxes.Length;
        NativeMethods.vector_Rect_delete(vector);
    }

    public void Dispose()
    {
        _classifier.Dispose();
        _windows.Dispose();
        _counts.Dispose();
        _scaled.Dispose();
    }

    // The native vector throws where it is asked for the first of no elements.
    private static ReadOnlySpan<Rect> View(nint vector)
    {
        var size = (int)NativeMethods.vector_Rect_getSize(vector);
        return size == 0 ? [] : new ReadOnlySpan<Rect>((void*)NativeMethods.vector_Rect_getPointer(vector), size);
    }

    private void Group(nint vector, int minNeighbors) => NativeMethods.HandleException(
        NativeMethods.objdetect_groupRectangles2(vector, _counts.CvPtr, minNeighbors, GroupTolerance));

    private bool TryLoad(string path)
    {
        try
        {
            return _classifier.Load(path);
        }
        catch (OpenCVException)
        {
            return false;
        }
    }
}

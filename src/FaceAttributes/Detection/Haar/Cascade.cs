using OpenCvSharp;
using OpenCvSharp.Internal;
using OpenCvSharp.Internal.Vectors;
using Vision.Imaging;

namespace FaceAttributes.Detection.Haar;

/// <summary>
/// A cascade classifier and OpenCV's grouping of windows, without an allocation in a call. What <see cref="CascadeModel"/> can't
/// read, OpenCV evaluates.
/// </summary>
internal sealed unsafe class Cascade : IDisposable
{
    // How far the edges of two windows on one face may be apart, relative to their size: OpenCV's value.
    private const double GroupTolerance = 0.2;

    private readonly CascadeEvaluator? _evaluator;
    private readonly CascadeClassifier? _classifier;
    private readonly VectorOfRect _found = new();
    private readonly VectorOfInt32 _counts = new();
    private readonly Mat _scaled = new();
    private Rect[] _ungrouped = [];

    /// <summary>Loads a cascade file.</summary>
    /// <param name="path">The XML file.</param>
    /// <param name="byOpenCv">Whether to have OpenCV evaluate it, with the same result.</param>
    /// <exception cref="InvalidDataException">The file is no cascade.</exception>
    public Cascade(string path, bool byOpenCv = false)
    {
        if (!byOpenCv && CascadeModel.TryRead(path) is { } model)
        {
            (_evaluator, Window) = (new CascadeEvaluator(model), model.Window);
            return;
        }

        _classifier = new CascadeClassifier();
        if (!TryLoad(_classifier, path))
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
    /// <param name="windows">Emptied and filled with windows in pixels of the scaled part, not in a certain order.</param>
    public void Find(
        Mat picture, Rect part, Size scaledTo, Size smallest, Size largest, double scaleFactor, List<Rect> windows)
    {
        windows.Clear();
        using (var view = NativeMat.Part(picture, part))
            OpenCv.Resize(view.Pointer, _scaled, scaledTo);
        if (_evaluator is not null)
        {
            _evaluator.Find(_scaled, smallest, largest, scaleFactor, windows);
            return;
        }

        NativeMethods.HandleException(NativeMethods.objdetect_CascadeClassifier_detectMultiScale1(
            _classifier!.CvPtr, _scaled.CvPtr, _found.CvPtr, scaleFactor, minNeighbors: 0, flags: 0, smallest, largest));
        windows.AddRange(View(_found.CvPtr));
    }

    /// <summary>Puts one box in the place of each group of more than so many windows; smaller groups go.</summary>
    public void Group(List<Rect> windows, int minNeighbors)
    {
        if (_ungrouped.Length < windows.Count)
            _ungrouped = new Rect[2 * windows.Count];
        windows.CopyTo(_ungrouped);
        var vector = NativeMethods.vector_Rect_new3(_ungrouped, (nuint)windows.Count);
        var status = NativeMethods.objdetect_groupRectangles2(vector, _counts.CvPtr, minNeighbors, GroupTolerance);
        windows.Clear();
        windows.AddRange(View(vector));
        NativeMethods.vector_Rect_delete(vector);
        NativeMethods.HandleException(status);
    }

    public void Dispose()
    {
        _evaluator?.Dispose();
        _classifier?.Dispose();
        _found.Dispose();
        _counts.Dispose();
        _scaled.Dispose();
    }

    // The native vector throws where it is asked for the first of no elements.
    private static ReadOnlySpan<Rect> View(nint vector)
    {
        var size = (int)NativeMethods.vector_Rect_getSize(vector);
        return size == 0 ? [] : new ReadOnlySpan<Rect>((void*)NativeMethods.vector_Rect_getPointer(vector), size);
    }

    private static bool TryLoad(CascadeClassifier classifier, string path)
    {
        try
        {
            return classifier.Load(path);
        }
        catch (OpenCVException)
        {
            return false;
        }
    }
}

using System.Globalization;
using FaceAttributes.Imaging;
using OpenCvSharp;
using OpenCvSharp.Internal;
using OpenCvSharp.Internal.Vectors;

namespace FaceAttributes.Detection;

/// <summary>
/// Upright frontal faces by a boosted cascade of Haar features: P. Viola and M. Jones, "Robust Real-Time Face
/// Detection", IJCV 57, 2004. Needs no network, runs on any CPU.
/// </summary>
public sealed unsafe class HaarCascadeDetector : IFaceDetector
{
    /// <summary>Name of the cascade that is looked for when the options name none.</summary>
    public const string DefaultCascade = "haarcascade_frontalface_alt2.xml";

    // How far the edges of two windows on one face may be apart, relative to their size: OpenCV's value.
    private const double GroupTolerance = 0.2;

    // So many agreeing windows make a score of one half.
    private const float ScoreHalf = 10;

    private readonly HaarCascadeOptions _options;
    private readonly CascadeClassifier _cascade;
    private readonly VectorOfRect _boxes = new();
    private readonly VectorOfInt32 _counts = new();
    private readonly Mat _equalized = new();

    /// <summary>Loads the cascade.</summary>
    /// <exception cref="FileNotFoundException">There is no cascade.</exception>
    /// <exception cref="InvalidDataException">The file is no cascade.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public HaarCascadeDetector(HaarCascadeOptions? options = null)
    {
        _options = options ?? new HaarCascadeOptions();
        Check(_options);
        var path = FindCascade(_options.CascadePath);
        _cascade = new CascadeClassifier();
        if (!TryLoad(_cascade, path))
        {
            Dispose();
            throw new InvalidDataException($"{path} is not a cascade that OpenCV can read; name another cascade file.");
        }

        Cv2.SetNumThreads(_options.Threads == 0 ? Environment.ProcessorCount : _options.Threads);
    }

    /// <summary>Where packages of OpenCV put their cascades, in the order of looking.</summary>
    public static IReadOnlyList<string> UsualFolders { get; } =
    [
        "/usr/share/opencv4/haarcascades",
        "/usr/local/share/opencv4/haarcascades",
        "/usr/share/opencv/haarcascades",
        "/opt/homebrew/share/opencv4/haarcascades",
    ];

    /// <inheritdoc/>
    public string Name => "haar_cascade";

    /// <summary>Finds upright frontal faces.</summary>
    /// <remarks>
    /// The score is n / (n + 10), where n windows of the cascade agree on the face. n grows as ScaleFactor falls.
    /// </remarks>
    /// <inheritdoc/>
    public void Detect(ImageFrame frame, List<FaceDetection> detections)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(detections);
        var picture = frame.Gray;
        if (_options.EqualizeHistogram)
        {
            OpenCv.EqualizeHist(picture, _equalized);
            picture = _equalized;
        }

        var side = Math.Min(frame.Width, frame.Height);
        var min = (int)Math.Round(_options.MinSize * side);
        var max = (int)Math.Round(_options.MaxSize * side);

        // In two steps, because only the second tells how many windows agree on a face.
        NativeMethods.HandleException(NativeMethods.objdetect_CascadeClassifier_detectMultiScale1(
            _cascade.CvPtr, picture.CvPtr, _boxes.CvPtr, _options.ScaleFactor, minNeighbors: 0, flags: 0,
            new Size(min, min), new Size(max, max)));
        NativeMethods.HandleException(NativeMethods.objdetect_groupRectangles2(
            _boxes.CvPtr, _counts.CvPtr, _options.MinNeighbors, GroupTolerance));

        detections.Clear();
        if (_boxes.Size == 0)
            return;
        var boxes = new ReadOnlySpan<Rect>((void*)_boxes.ElemPtr, _boxes.Size);
        var counts = new ReadOnlySpan<int>((void*)_counts.ElemPtr, _counts.Size);
        for (var i = 0; i < boxes.Length; i++)
        {
            var box = boxes[i].Intersect(new Rect(0, 0, frame.Width, frame.Height));
            detections.Add(new FaceDetection(box, counts[i] / (counts[i] + ScoreHalf)));
        }

        OverlapSuppression.Apply(detections);
    }

    /// <summary>Frees the cascade.</summary>
    public void Dispose()
    {
        _cascade.Dispose();
        _boxes.Dispose();
        _counts.Dispose();
        _equalized.Dispose();
    }

    private static void Check(HaarCascadeOptions options)
    {
        if (!(options.ScaleFactor is > 1 and <= 10))
            throw Wrong("ScaleFactor", options.ScaleFactor, "above 1 and at most 10");
        if (options.MinNeighbors < 1)
            throw Wrong("MinNeighbors", options.MinNeighbors, "1 or more");
        if (!(options.MinSize is >= 0 and <= 1))
            throw Wrong("MinSize", options.MinSize, "from 0 to 1");
        if (!(options.MaxSize is > 0 and <= 1) || options.MaxSize < options.MinSize)
            throw Wrong("MaxSize", options.MaxSize, "from MinSize to 1, and above 0");
        if (options.Threads < 0)
            throw Wrong("Threads", options.Threads, "0 or more");
    }

    private static ArgumentOutOfRangeException Wrong(string option, double value, string range) => new(
        option, string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; it must be {range}."));

    private static string FindCascade(string? path)
    {
        if (path is not null)
        {
            return File.Exists(path)
                ? path
                : throw new FileNotFoundException($"Cascade {path} does not exist; install the package opencv-data or name another file.");
        }

        return UsualFolders.Select(folder => Path.Combine(folder, DefaultCascade)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"{DefaultCascade} is in none of {string.Join(", ", UsualFolders)}; install the package opencv-data or name the file.");
    }

    private static bool TryLoad(CascadeClassifier cascade, string path)
    {
        try
        {
            return cascade.Load(path);
        }
        catch (OpenCVException)
        {
            return false;
        }
    }
}

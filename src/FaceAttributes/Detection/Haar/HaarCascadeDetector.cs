using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Detection.Haar;

/// <summary>
/// Upright frontal faces by a boosted cascade of Haar features: P. Viola and M. Jones, "Robust Real-Time Face
/// Detection", IJCV 57, 2004. Needs no network, runs on any CPU.
/// </summary>
/// <remarks>
/// Looks twice: coarsely over the whole picture, in steps of two pixels at each scale, then closely at each place where
/// any window passed. That is less than what OpenCV's <c>detectMultiScale</c> does, which takes steps of one pixel
/// wherever faces are larger than two windows, and finds more faces.
/// </remarks>
public sealed class HaarCascadeDetector : IFaceDetector
{
    /// <summary>Name of the cascade that is looked for when the options name none.</summary>
    public const string DefaultCascade = "haarcascade_frontalface_alt2.xml";

    // So many agreeing windows make a score of one half.
    private const float ScoreHalf = 10;

    // The close look: how many windows wide the candidate is made, and the factor from size to size.
    private const double CloseUp = 3;
    private const double CloseScaleFactor = 1.1;

    // What the close look sees round a candidate, which is a rough guess, on each side, and the sizes of face that it looks for,
    // all relative to its width.
    private const double Margin = 0.4;
    private const double Smallest = 0.8;
    private const double Largest = 1.6;

    // Neighbours in a crowd overlap by less; a mouth or a collar taken for a face lies inside the real one.
    private const float MaxCovered = 0.6f;

    private readonly HaarCascadeOptions _options;
    private readonly Cascade _cascade;
    private readonly Mat _equalized = new();
    private (ImageFrame? Frame, long Version) _equalizedOf;
    private readonly List<Rect> _candidates = [];
    private readonly List<Rect> _windows = [];

    /// <summary>Loads the cascade.</summary>
    /// <exception cref="FileNotFoundException">There is no cascade.</exception>
    /// <exception cref="InvalidDataException">The file is no cascade.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public HaarCascadeDetector(HaarCascadeOptions? options = null)
    {
        _options = options ?? new HaarCascadeOptions();
        Check(_options);
        _cascade = new Cascade(FindCascade(_options.CascadePath));
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
    public string Name => "haar";

    /// <inheritdoc/>
    /// <remarks>Measured in pictures of 640×480.</remarks>
    public float NearCost => 0.04f;

    /// <summary>Finds upright frontal faces.</summary>
    /// <remarks>The score is n / (n + 10), where n windows of the close look agree on the face.</remarks>
    /// <inheritdoc/>
    public void Detect(ImageFrame frame, Rect region, List<FaceDetection> detections)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(detections);
        detections.Clear();
        var picture = PictureOf(frame);
        var (smallest, largest) = Sizes(frame);
        FindCandidates(picture, region, smallest, largest);
        foreach (var candidate in _candidates)
            LookClosely(picture, region, candidate, detections);
        Finish(detections, smallest, largest);
    }

    /// <summary>Looks closely at the face's place, without the coarse look over the whole picture.</summary>
    /// <inheritdoc/>
    public void DetectNear(ImageFrame frame, in Box expected, List<FaceDetection> detections)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(detections);
        detections.Clear();
        var whole = new Rect(0, 0, frame.Width, frame.Height);
        var candidate = expected.ToRect();
        if (candidate.Width < 1 || candidate.Height < 1 || !candidate.IntersectsWith(whole))
            return;
        var (smallest, largest) = Sizes(frame);
        LookClosely(PictureOf(frame), whole, candidate, detections);
        Finish(detections, smallest, largest);
    }

    /// <summary>Frees the cascade.</summary>
    public void Dispose()
    {
        _cascade.Dispose();
        _equalized.Dispose();
    }

    private static void Check(HaarCascadeOptions options)
    {
        if (!(options.ScaleFactor is > 1 and <= 10))
            throw Options.Wrong("ScaleFactor", options.ScaleFactor, "above 1 and at most 10");
        if (options.MinNeighbors < 1)
            throw Options.Wrong("MinNeighbors", options.MinNeighbors, "1 or more");
        if (!(options.MinSize is >= 0 and <= 1))
            throw Options.Wrong("MinSize", options.MinSize, "from 0 to 1");
        if (!(options.MaxSize is > 0 and <= 1) || options.MaxSize < options.MinSize)
            throw Options.Wrong("MaxSize", options.MaxSize, "from MinSize to 1, and above 0");
    }

    private static string FindCascade(string? path)
    {
        if (path is not null)
        {
            return File.Exists(path) ? path : throw new FileNotFoundException(
                $"Cascade {path} does not exist; install the package opencv-data or name another file.");
        }

        return UsualFolders.Select(folder => Path.Combine(folder, DefaultCascade)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"{DefaultCascade} is in none of {string.Join(", ", UsualFolders)}; " +
                "install the package opencv-data or name the file.");
    }

    // The close look finds the face's own size, which may be another one than the candidate's.
    private static void Finish(List<FaceDetection> detections, double smallest, double largest)
    {
        for (var i = detections.Count - 1; i >= 0; i--)
        {
            if (detections[i].Box.Width < smallest || detections[i].Box.Width > largest)
                detections.RemoveAt(i);
        }

        NonMaxSuppression.Apply(detections, MaxCovered, OverlapMeasure.IntersectionOverSmaller);
    }

    /// <summary>A box of a scaled part in pixels of the image.</summary>
    private static Box ToPixels(in Rect box, in Rect part, Size scaled)
    {
        var x = (float)part.Width / scaled.Width;
        var y = (float)part.Height / scaled.Height;
        return new Box(part.X + box.X * x, part.Y + box.Y * y, box.Width * x, box.Height * y);
    }

    /// <summary>The grey picture that is searched; an equalized one is made once for a picture.</summary>
    private Mat PictureOf(ImageFrame frame)
    {
        if (!_options.EqualizeHistogram)
            return frame.Gray;
        if (_equalizedOf != (frame, frame.Version))
        {
            OpenCv.EqualizeHist(frame.Gray, _equalized);
            _equalizedOf = (frame, frame.Version);
        }

        return _equalized;
    }

    /// <summary>Of the smallest and the largest face, in pixels.</summary>
    private (double Smallest, double Largest) Sizes(ImageFrame frame)
    {
        var side = Math.Min(frame.Width, frame.Height);
        return (_options.MinSize * side, _options.MaxSize * side);
    }

    /// <summary>Fills the candidates with all places where any window passes.</summary>
    private void FindCandidates(Mat picture, Rect region, double smallest, double largest)
    {
        var window = _cascade.Window;
        _candidates.Clear();
        var scale = Math.Max(1, smallest / window.Width);
        largest = Math.Min(largest, Math.Min(region.Width, region.Height));
        for (; scale * window.Width <= largest; scale *= _options.ScaleFactor)
        {
            // Windows of the cascade's own size, which are moved in steps of two pixels
            var scaled = new Size(region.Width / scale, region.Height / scale);
            _cascade.Find(picture, region, scaled, window, window, scaleFactor: 2, _windows);
            foreach (var found in _windows)
                _candidates.Add(ToPixels(found, region, scaled).ToRect());
        }

        // OpenCV drops what stands alone; so that nothing does, each window comes twice.
        _candidates.AddRange(_candidates);
        _cascade.Group(_candidates, minNeighbors: 1);
    }

    /// <summary>Adds the faces at a candidate.</summary>
    private void LookClosely(Mat picture, Rect region, Rect candidate, List<FaceDetection> detections)
    {
        var part = candidate;
        part.Inflate((int)(Margin * candidate.Width), (int)(Margin * candidate.Height));
        part &= region;
        var window = _cascade.Window;
        var zoom = CloseUp * window.Width / candidate.Width;
        var scaled = new Size(Math.Ceiling(part.Width * zoom), Math.Ceiling(part.Height * zoom));
        _cascade.Find(
            picture, part, scaled, Times(window, CloseUp * Smallest), Times(window, CloseUp * Largest),
            CloseScaleFactor, _windows);
        _cascade.Group(_windows, _options.MinNeighbors);
        var counts = _cascade.Counts;
        for (var i = 0; i < _windows.Count; i++)
        {
            var box = ToPixels(_windows[i], part, scaled).Intersect(Box.From(region));
            detections.Add(new FaceDetection(box, counts[i] / (counts[i] + ScoreHalf)));
        }
    }

    private static Size Times(Size size, double factor) => new(size.Width * factor, size.Height * factor);
}

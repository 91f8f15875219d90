using OpenCvSharp;

namespace ReplayCamera;

/// <summary>
/// Photographs one after the other, with a slow pan and zoom, so that their faces move as in a video. The whole
/// photograph is seen at its beginning and end; in between the view is closer, the more so the larger the photograph.
/// </summary>
/// <param name="paths">The files.</param>
/// <param name="warn">Gets a sentence for each that cannot be read, once; the others are shown.</param>
internal sealed class PhotographSource(IEnumerable<string> paths, Action<string> warn) : IFrameSource
{
    private const double SecondsWhole = 3;
    private const double SecondsPerZoom = 3;
    private const double SmallestZoom = 1.12;
    private const double LargestZoom = 2.5;

    // Faces are mostly in the upper part of a photograph, so less is cut off there than below.
    private const double FacesAbove = 0.25;

    private readonly List<string> _paths = [.. paths];
    private readonly Mat<double> _placement = new(2, 3);
    private Mat _photograph = new();
    private int _next;
    private double _shownAt;
    private double _shownUntil;
    private double _closest;

    public double Rate => 30;

    public void Read(double time, Mat frame)
    {
        if (time >= _shownUntil)
            ShowNext(time, frame.Size());

        var progress = (time - _shownAt) / (_shownUntil - _shownAt);
        var zoom = 1 + (_closest - 1) * Math.Pow(Math.Sin(Math.PI * progress), 2);
        var scale = Fit(frame.Size()) * zoom;
        var placement = _placement.GetIndexer();
        placement[0, 0] = placement[1, 1] = scale;
        placement[0, 1] = placement[1, 0] = 0;
        var (freeWidth, freeHeight) = (frame.Width - scale * _photograph.Width, frame.Height - scale * _photograph.Height);
        placement[0, 2] = freeWidth * (freeWidth > 0 ? 0.5 : progress);
        placement[1, 2] = freeHeight * (freeHeight > 0 ? 0.5 : FacesAbove);
        Cv2.WarpAffine(_photograph, frame, _placement, frame.Size(), InterpolationFlags.Linear, BorderTypes.Constant, Scalar.Black);
    }

    public void Dispose()
    {
        _photograph.Dispose();
        _placement.Dispose();
    }

    private double Fit(Size frame) =>
        Math.Min((double)frame.Width / _photograph.Width, (double)frame.Height / _photograph.Height);

    private void ShowNext(double time, Size frame)
    {
        _photograph.Dispose();
        _photograph = ReadNext();
        _closest = Math.Clamp(1 / Fit(frame), SmallestZoom, LargestZoom);
        _shownAt = time;
        _shownUntil = time + SecondsWhole + SecondsPerZoom * (_closest - 1);
    }

    private Mat ReadNext()
    {
        while (true)
        {
            _next %= _paths.Count;
            var path = _paths[_next];
            var photograph = Read(path);
            if (!photograph.Empty())
            {
                _next++;
                return photograph;
            }

            photograph.Dispose();
            _paths.RemoveAt(_next);
            if (_paths.Count == 0)
                throw new FrameSourceException($"The photograph '{path}' cannot be read; is the file damaged?");
            warn($"The photograph '{path}' cannot be read and is left out; is the file damaged?");
        }
    }

    private static Mat Read(string path)
    {
        try
        {
            return Cv2.ImRead(path, ImreadModes.Color);
        }
        catch (OpenCVException)
        {
            return new Mat(); // A picture of more pixels than OpenCV takes.
        }
    }
}

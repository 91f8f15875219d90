using OpenCvSharp;

namespace ReplayCamera;

/// <summary>Photographs one after the other, each with a slow pan and zoom, so that its faces move as in a video.</summary>
internal sealed class PhotographSource(IReadOnlyList<string> paths) : IFrameSource
{
    private const double SecondsEach = 3;
    private const double LargestZoom = 1.12;

    private readonly Mat _photograph = new();
    private int _shown = -1;

    public double Rate => 30;

    public bool Read(double time, Mat frame)
    {
        var turn = (int)(time / SecondsEach);
        Show(turn % paths.Count);

        // The whole photograph fits into the frame at first; then the view closes in and drifts to one side and back.
        var progress = time / SecondsEach - turn;
        var zoom = 1 + (LargestZoom - 1) * Math.Sin(Math.PI * progress);
        var scale = Math.Min((double)frame.Width / _photograph.Width, (double)frame.Height / _photograph.Height) * zoom;
        var drift = frame.Width * (zoom - 1) / 2 * Math.Cos(Math.PI * progress);
        using var placement = new Mat<double>(2, 3);
        var entries = placement.GetIndexer();
        entries[0, 0] = scale;
        entries[0, 1] = 0;
        entries[0, 2] = (frame.Width - scale * _photograph.Width) / 2 + drift;
        entries[1, 0] = 0;
        entries[1, 1] = scale;
        entries[1, 2] = (frame.Height - scale * _photograph.Height) / 2;
        Cv2.WarpAffine(_photograph, frame, placement, frame.Size(), InterpolationFlags.Linear, BorderTypes.Constant, Scalar.Black);
        return true;
    }

    public void Dispose() => _photograph.Dispose();

    private void Show(int index)
    {
        if (index == _shown)
            return;
        using var read = Cv2.ImRead(paths[index], ImreadModes.Color);
        if (read.Empty())
            throw new FrameSourceException($"The photograph '{paths[index]}' cannot be read; is the file damaged?");
        read.CopyTo(_photograph);
        _shown = index;
    }
}

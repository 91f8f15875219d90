using System.Diagnostics;
using OpenCvSharp;

namespace ReplayCamera;

/// <summary>A video device, which sets the pace itself, or a video file, which is repeated from its start for ever.</summary>
internal sealed class VideoSource : IFrameSource
{
    /// <summary>Pictures that OpenCV lets V4L2 keep (4.13).</summary>
    private const int Buffers = 4;

    /// <summary>What takes longer was waited for.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(2);

    private readonly string _path;
    private readonly bool _isDevice;
    private readonly TimeSpan _period;
    private readonly Stopwatch _sinceRead = Stopwatch.StartNew();
    private VideoCapture _capture;

    public VideoSource(string path)
    {
        _path = path;
        _isDevice = path.StartsWith("/dev/", StringComparison.Ordinal);
        _capture = Open();
        if (!_capture.IsOpened())
        {
            _capture.Dispose();
            throw new FrameSourceException(_isDevice
                ? $"The video device '{path}' cannot be opened; is it there, free, and are you in the group 'video'?"
                : $"'{path}' is neither a picture nor a video that OpenCV and FFmpeg can read; what is it, and may you read it?");
        }

        var rate = _capture.Fps is > 0 and <= 240 and var known ? known : 30;
        _period = TimeSpan.FromSeconds(1 / rate);
        Rate = _isDevice ? 0 : rate;
    }

    public double Rate { get; }

    public void Read(double time, Mat frame)
    {
        if (TryRead(frame))
            return;
        if (_isDevice)
            throw new FrameSourceException($"The video device '{_path}' gives no more images; is the camera still plugged in?");

        // Not rewound: a stream without an index can't be, and OpenCV does not say so.
        _capture.Dispose();
        _capture = Open();
        if (!TryRead(frame))
            throw new FrameSourceException($"The video '{_path}' gives no images; is the file damaged, or was it removed?");
    }

    public void Dispose() => _capture.Dispose();

    private VideoCapture Open() => new(_path, _isDevice ? VideoCaptureAPIs.V4L2 : VideoCaptureAPIs.ANY);

    private bool TryRead(Mat frame)
    {
        if (!_isDevice)
            return _capture.Read(frame) && !frame.Empty();

        // What a device has taken while nobody read, of which it keeps the first ones, is old, and there at once.
        var isLate = _sinceRead.Elapsed > 2 * _period;
        for (var i = 0; i <= (isLate ? Buffers : 0); i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (!_capture.Grab())
                return false;
            if (Stopwatch.GetElapsedTime(start) > AtOnce)
                break;
        }

        _sinceRead.Restart();
        return _capture.Retrieve(frame) && !frame.Empty();
    }
}

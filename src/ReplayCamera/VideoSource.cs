using OpenCvSharp;

namespace ReplayCamera;

/// <summary>A video device, which sets the pace itself, or a video file, which is repeated from its start for ever.</summary>
internal sealed class VideoSource : IFrameSource
{
    private readonly VideoCapture _capture;
    private readonly bool _isDevice;

    public VideoSource(string path)
    {
        _isDevice = path.StartsWith("/dev/", StringComparison.Ordinal);
        _capture = new VideoCapture(path, _isDevice ? VideoCaptureAPIs.V4L2 : VideoCaptureAPIs.ANY);
        if (!_capture.IsOpened())
        {
            _capture.Dispose();
            throw new FrameSourceException(_isDevice
                ? $"The video device '{path}' cannot be opened; is it there, free, and are you in the group 'video'?"
                : $"'{path}' is neither a picture nor a video that OpenCV and FFmpeg can read.");
        }
        var rate = _capture.Fps;
        Rate = _isDevice ? 0 : rate is > 0 and <= 240 ? rate : 30;
    }

    public double Rate { get; }

    public bool Read(double time, Mat frame)
    {
        if (_capture.Read(frame) && !frame.Empty())
            return true;
        if (_isDevice)
            return false;
        _capture.PosFrames = 0;
        return _capture.Read(frame) && !frame.Empty();
    }

    public void Dispose() => _capture.Dispose();
}

using System.Diagnostics;
using OpenCvSharp;
using rclcs;
using Vision.Imaging;
using VisionNodes;

namespace FaceListener;

/// <summary>Writes annotated images into a folder as JPEG, at most a few a second. What cannot be written is left out with a warning.</summary>
internal sealed class PictureSaver : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan WarningPause = TimeSpan.FromSeconds(10);

    private readonly string _folder;
    private readonly Logger _logger;
    private readonly Clock _clock;
    private readonly Stopwatch _sinceLast = new();
    private readonly ImageFrame _frame = new();

    /// <param name="folder">Is made if it is not there.</param>
    /// <param name="node">Its log gets the warnings, its clock names pictures without a stamp.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public PictureSaver(string folder, INode node)
    {
        try
        {
            _folder = Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder '{folder}' for pictures cannot be made ({e.Message}); choose another one.", e);
        }

        (_logger, _clock) = (node.Logger, node.Clock);
    }

    /// <param name="image">Kept only if the last picture is old enough.</param>
    public void Save(sensor_msgs.msg.Image image)
    {
        if (_sinceLast.IsRunning && _sinceLast.Elapsed < Pause)
            return;
        _sinceLast.Restart();
        var stamp = image.Header.Stamp;
        if (stamp.ToNanoseconds() == 0)
            stamp = _clock.Now;
        var path = Path.Combine(_folder, $"{stamp.Sec}.{stamp.Nanosec:D9}.jpg");
        try
        {
            _frame.Set(image);
            if (!Cv2.ImWrite(path, _frame.Bgr))
                _logger.WarnThrottle(WarningPause, $"The picture '{path}' cannot be written; may you write there, and is there room?");
        }
        catch (Exception e) when (e is ImageException or OpenCVException)
        {
            _logger.WarnThrottle(WarningPause, $"A picture is not kept: {VisionProgram.Describe(e)}");
        }
        finally
        {
            _frame.Clear();
        }
    }

    public void Dispose() => _frame.Dispose();
}

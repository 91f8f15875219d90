using System.Diagnostics;
using OpenCvSharp;
using Vision.Imaging;
using VisionNodes;

namespace FaceListener;

/// <summary>Writes annotated images into a folder as JPEG, at most a few a second.</summary>
internal sealed class PictureSaver : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly string _folder;
    private readonly Stopwatch _sinceLast = new();
    private readonly ImageFrame _frame = new();

    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made.</exception>
    public PictureSaver(string folder) => _folder = Directory.CreateDirectory(folder).FullName;

    /// <param name="image">Kept only if the last picture is old enough.</param>
    public void Save(sensor_msgs.msg.Image image)
    {
        if (_sinceLast.IsRunning && _sinceLast.Elapsed < Pause)
            return;
        _sinceLast.Restart();
        _frame.Set(image);
        var stamp = image.Header.Stamp;
        Cv2.ImWrite(Path.Combine(_folder, $"{stamp.Sec}.{stamp.Nanosec:D9}.jpg"), _frame.Bgr);
        _frame.Clear();
    }

    public void Dispose() => _frame.Dispose();
}

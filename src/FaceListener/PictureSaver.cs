using System.Diagnostics;
using OpenCvSharp;

namespace FaceListener;

/// <summary>Writes annotated images into a folder as JPEG, at most a few a second.</summary>
internal sealed class PictureSaver
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly string _folder;
    private readonly Stopwatch _sinceLast = new();

    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made.</exception>
    public PictureSaver(string folder) => _folder = Directory.CreateDirectory(folder).FullName;

    /// <param name="image">bgr8. Kept only if the last picture is old enough.</param>
    public void Save(sensor_msgs.msg.Image image)
    {
        if (_sinceLast.IsRunning && _sinceLast.Elapsed < Pause)
            return;
        _sinceLast.Restart();
        using var pixels = image.Data.Pin();
        unsafe
        {
            using var picture = Mat.FromPixelData(
                (int)image.Height, (int)image.Width, MatType.CV_8UC3, (nint)pixels.Pointer, image.Step);
            var stamp = image.Header.Stamp;
            Cv2.ImWrite(Path.Combine(_folder, $"{stamp.Sec}.{stamp.Nanosec:D9}.jpg"), picture);
        }
    }
}

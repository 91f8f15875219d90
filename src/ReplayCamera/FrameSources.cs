using OpenCvSharp;

namespace ReplayCamera;

/// <summary>Opens the frame source that fits a path.</summary>
internal static class FrameSources
{
    /// <summary>The composed scene that is installed beside the program.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "scene");

    /// <summary>Opens a video device, a video file, a photograph, a folder of photographs or a composed scene.</summary>
    /// <param name="path">
    /// <c>/dev/videoN</c> or its number N, a file that OpenCV can read, or a folder: with a <c>scene.yaml</c> a scene, otherwise the
    /// photographs in it by name. Empty for the default scene.
    /// </param>
    /// <param name="warn">Gets a sentence for what is left out.</param>
    /// <exception cref="FrameSourceException">Nothing there that can be shown.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static IFrameSource Open(string path, Action<string> warn)
    {
        if (path.Length == 0)
            path = DefaultPath;
        if (path.Contains("://", StringComparison.Ordinal))
        {
            throw new FrameSourceException(
                $"'{path}' is a stream of a network, which OpenCvSharp's FFmpeg is built without; let a ROS camera driver publish it, or save a part of it as a file.");
        }

        if (path.All(char.IsAsciiDigit) && !Path.Exists(path))
            path = $"/dev/video{path}";
        if (path.StartsWith("/dev/video", StringComparison.Ordinal))
            return new VideoSource(path);
        if (Directory.Exists(path))
        {
            var scene = Path.Combine(path, "scene.yaml");
            return File.Exists(scene) ? new SceneSource(scene) : new PhotographSource(PhotographsIn(path), warn);
        }
        if (!File.Exists(path))
            throw new FrameSourceException($"There is no file, folder or video device '{path}' to replay.");
        return Cv2.HaveImageReader(path) ? new PhotographSource([path], warn) : new VideoSource(path);
    }

    private static string[] PhotographsIn(string folder)
    {
        string[] photographs = [.. Directory.EnumerateFiles(folder).Where(Cv2.HaveImageReader).Order(StringComparer.Ordinal)];
        return photographs.Length > 0
            ? photographs
            : throw new FrameSourceException($"The folder '{folder}' has no photograph in a format that OpenCV reads; its subfolders are not looked into.");
    }
}

using System.Text.Json;
using OpenCvSharp;
using Vision.Imaging;

namespace Situations.Tests;

/// <summary>The networks that models/make_models.py makes, and copies of them that something is wrong with.</summary>
internal static class SmallModel
{
    public static string Manifest => Path.Combine(AppContext.BaseDirectory, "models", "small.yaml");

    /// <summary>What plain enumeration of all sentences found.</summary>
    public static (string Sentence, float[] LogProbabilities) Recorded(string kind)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(Manifest, ".json")));
        var found = file.RootElement.GetProperty(kind);
        return (found.GetProperty("sentence").GetString()!, [.. found.GetProperty("log_probabilities").EnumerateArray().Select(value => value.GetSingle())]);
    }

    /// <summary>The manifest with a text replaced, in a folder of its own with the networks.</summary>
    public static string Changed(string folder, string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Manifest)!, "small*.onnx"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        var text = File.ReadAllText(Manifest);
        Assert.That(text, Does.Contain(from));
        var path = Path.Combine(folder, "small.yaml");
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
        return path;
    }

    /// <summary>A frame of one colour.</summary>
    public static ImageFrame Frame(Scalar color, int width = 32, int height = 24)
    {
        var frame = new ImageFrame();
        using var picture = new Mat(height, width, MatType.CV_8UC3, color);
        frame.SetCompressed(picture.ToBytes(".png"), "bgr8; png");
        return frame;
    }
}

using System.Runtime.CompilerServices;
using OpenCvSharp;

namespace TestSupport;

/// <summary>Images that a person has looked at once, beside the test that draws them.</summary>
public static class GoldenPicture
{
    // Another processor or version of OpenCV rounds the smoothed edges of letters a little differently.
    private const int LevelTolerance = 24;
    private const double ShareTolerance = 0.001;

    /// <summary>
    /// Fails where an image differs from <c>golden/NAME.png</c> beside the calling test in more than a thousandth of its
    /// pixels. What was drawn is then beside the test program, to be looked at and put in its place where it is right.
    /// </summary>
    public static void AssertLike(string name, Mat image, [CallerFilePath] string test = "")
    {
        ArgumentNullException.ThrowIfNull(image);
        var golden = Path.Combine(Path.GetDirectoryName(test)!, "golden", name + ".png");
        var drawn = Path.Combine(AppContext.BaseDirectory, name + ".drawn.png");
        image.SaveImage(drawn);
        Assert.That(golden, Does.Exist, $"look at {drawn} and put it there");
        using var expected = Cv2.ImRead(golden);
        Assert.That(image.Size(), Is.EqualTo(expected.Size()));
        using var difference = new Mat();
        Cv2.Absdiff(image, expected, difference);
        using var flat = difference.Reshape(1);
        using var wrong = flat.Threshold(LevelTolerance, 255, ThresholdTypes.Binary);
        Assert.That(
            Cv2.CountNonZero(wrong) / (double)flat.Total(), Is.LessThanOrEqualTo(ShareTolerance), $"compare {drawn} with {golden}");
    }
}

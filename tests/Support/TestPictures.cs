using OpenCvSharp;

namespace TestSupport;

/// <summary>Pictures made by a rule, so that a test can say what each pixel is.</summary>
public static class TestPictures
{
    /// <summary>The picture that models/make_models.py shows to PyTorch; its channels in the order of the planes.</summary>
    public static int Pattern(int index, int x, int y, int channel) =>
        (x * (3 + index) + y * 5 + channel * 71 + x * y / (index + 2) * 7) % 256;

    public static Mat GrayPattern(int index, int width, int height)
    {
        var picture = new Mat(height, width, MatType.CV_8UC1);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                picture.Set(y, x, (byte)Pattern(index, x, y, 0));
        }

        return picture;
    }

    /// <summary>Blue-green-red, where red is the pattern's first channel.</summary>
    public static Mat ColorPattern(int index, int width, int height)
    {
        var picture = new Mat(height, width, MatType.CV_8UC3);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var red = (byte)Pattern(index, x, y, 0);
                picture.Set(y, x, new Vec3b((byte)Pattern(index, x, y, 2), (byte)Pattern(index, x, y, 1), red));
            }
        }

        return picture;
    }
}

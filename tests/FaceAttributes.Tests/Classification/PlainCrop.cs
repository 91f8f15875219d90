using FaceAttributes.Classification;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Inference;

namespace FaceAttributes.Tests.Classification;

/// <summary>
/// The crop as its definition says it, pixel by pixel and without any shortcut: the reference for the fast one.
/// </summary>
internal static class PlainCrop
{
    public static float[] Of(Mat picture, Box box, ModelInput input, float margin)
    {
        var side = Math.Max(1, Math.Max(box.Width, box.Height)) * (1 + 2 * (double)margin);
        var left = box.X + box.Width / 2.0 - side / 2;
        var top = box.Y + box.Height / 2.0 - side / 2;
        var result = new float[input.Length];
        for (var channel = 0; channel < input.ChannelCount; channel++)
        {
            var from = input.Channels == ChannelOrder.Rgb ? 2 - channel : channel;
            for (var y = 0; y < input.Height; y++)
            {
                for (var x = 0; x < input.Width; x++)
                {
                    var value = 0.0;
                    foreach (var (row, rowWeight) in Taps(top, side, input.Height, y))
                    {
                        foreach (var (column, columnWeight) in Taps(left, side, input.Width, x))
                            value += rowWeight * columnWeight * Pixel(picture, column, row, from);
                    }

                    result[(channel * input.Height + y) * input.Width + x] =
                        (float)(input.Low + value / 255 * (input.High - input.Low));
                }
            }
        }

        return result;
    }

    private static IEnumerable<(long Pixel, double Weight)> Taps(double start, double side, int size, int pixel)
    {
        var scale = side / size;
        if (scale > 1)
        {
            var (from, to) = (start + pixel * scale, start + (pixel + 1) * scale);
            for (var source = (long)Math.Floor(from); source < to; source++)
                yield return (source, (Math.Min(to, source + 1) - Math.Max(from, source)) / scale);
        }
        else
        {
            var centre = start + (pixel + 0.5) * scale - 0.5;
            var below = (long)Math.Floor(centre);
            yield return (below, 1 - (centre - below));
            yield return (below + 1, centre - below);
        }
    }

    private static byte Pixel(Mat picture, long x, long y, int channel)
    {
        var column = (int)Math.Clamp(x, 0, picture.Width - 1);
        var row = (int)Math.Clamp(y, 0, picture.Height - 1);
        return picture.Channels() == 1 ? picture.At<byte>(row, column) : picture.At<Vec3b>(row, column)[channel];
    }
}

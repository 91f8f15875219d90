using OpenCvSharp;

namespace FaceAttributes.Evaluation.Prediction;

/// <summary>Where a face is in its picture.</summary>
/// <param name="Box">In pixels; may leave the picture.</param>
/// <param name="IsFound">Whether the detector found it there; otherwise the median box of the others stands in.</param>
internal readonly record struct FaceBox(Rect Box, bool IsFound);

/// <summary>Square boxes in whole pixels.</summary>
internal static class Boxes
{
    /// <summary>The square of a side nearest to a centre.</summary>
    /// <param name="x">Centre, in pixels.</param>
    /// <param name="y">Centre, in pixels.</param>
    /// <param name="side">In pixels; at least 1 is taken.</param>
    public static Rect Square(double x, double y, double side)
    {
        var pixels = Math.Max(1, (int)Math.Round(side));
        return new Rect((int)Math.Floor(x - pixels / 2.0 + 0.5), (int)Math.Floor(y - pixels / 2.0 + 0.5), pixels, pixels);
    }

    /// <summary>A box moved by fractions of its longer side and scaled about its centre.</summary>
    public static Rect Moved(this Rect box, double right, double down, double scale)
    {
        double side = Math.Max(box.Width, box.Height);
        return Square(box.X + box.Width / 2.0 + right * side, box.Y + box.Height / 2.0 + down * side, scale * side);
    }

    /// <summary>The square whose centre and side are the medians of some boxes.</summary>
    /// <param name="boxes">At least one.</param>
    public static Rect Median(IReadOnlyCollection<Rect> boxes) => Square(
        Median(boxes.Select(box => box.X + box.Width / 2.0)), Median(boxes.Select(box => box.Y + box.Height / 2.0)),
        Median(boxes.Select(box => (double)Math.Max(box.Width, box.Height))));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

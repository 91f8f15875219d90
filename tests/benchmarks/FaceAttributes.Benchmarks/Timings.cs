using System.Globalization;

namespace FaceAttributes.Benchmarks;

/// <summary>
/// How long a program takes for a picture, in milliseconds a frame. Written as numbers with blanks in between, in this order.
/// </summary>
/// <param name="Faces">Found in the last frame.</param>
/// <param name="Detect">The grey image, and finding the faces.</param>
/// <param name="Track">Knowing them again.</param>
/// <param name="Classify">All networks on all faces.</param>
/// <param name="Draw">Boxes and labels.</param>
/// <param name="Total">Everything, from the image to the annotated one.</param>
internal sealed record Timings(int Faces, double Detect, double Track, double Classify, double Draw, double Total)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static Timings Parse(string line)
    {
        double[] numbers = [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new Timings((int)numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    /// <summary>The medians of several.</summary>
    public static Timings Median(IReadOnlyList<Timings> timings)
    {
        return new Timings(
            timings[^1].Faces, Of(item => item.Detect), Of(item => item.Track), Of(item => item.Classify), Of(item => item.Draw),
            Of(item => item.Total));

        double Of(Func<Timings, double> part) => timings.Select(part).Order().ElementAt(timings.Count / 2);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Faces} {Detect:F4} {Track:F4} {Classify:F4} {Draw:F4} {Total:F4}");
}

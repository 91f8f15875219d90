using Vision.Geometry;

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>A face that is in an image.</summary>
/// <param name="Id">Whose it is; the same in all images of a sequence.</param>
/// <param name="Box">Where, in pixels; may leave the image.</param>
/// <param name="LookSince">Since when, in seconds, the face looks as it does; negative infinity: from the start.</param>
/// <param name="Emotion">What it shows; null where that is not known.</param>
internal sealed record TrueFace(int Id, Box Box, double LookSince = double.NegativeInfinity, string? Emotion = null);

/// <summary>A face that a program says is in an image.</summary>
/// <param name="Id">By which the program knows the face again.</param>
/// <param name="Box">Where, in pixels.</param>
/// <param name="Emotion">The label that the program publishes; null where it has none.</param>
internal sealed record TrackedFace(string Id, Box Box, string? Emotion = null);

/// <summary>An image of a sequence: what is there, and what a program says is there.</summary>
/// <param name="Stamp">Its time in seconds; rises from image to image.</param>
/// <param name="Truth">The faces to be found, in any order.</param>
/// <param name="Tracks">What the program found, in any order.</param>
internal sealed record TrackedImage(double Stamp, IReadOnlyList<TrueFace> Truth, IReadOnlyList<TrackedFace> Tracks)
{
    /// <summary>Intersection over union of each true face with each track.</summary>
    public double[,] Overlaps()
    {
        var overlaps = new double[Truth.Count, Tracks.Count];
        for (var i = 0; i < Truth.Count; i++)
        {
            for (var j = 0; j < Tracks.Count; j++)
                overlaps[i, j] = Truth[i].Box.IntersectionOverUnion(Tracks[j].Box);
        }

        return overlaps;
    }
}

/// <summary>Pairs of one thing and another whose worths together are greatest.</summary>
internal static class BestPairs
{
    /// <summary>Finds them.</summary>
    /// <param name="worths">Of each pair; one of 0 or less is not made.</param>
    /// <returns>The column of each row, or -1.</returns>
    public static int[] Of(double[,] worths)
    {
        var (rows, columns) = (worths.GetLength(0), worths.GetLength(1));
        var costs = new float[rows * columns];
        for (var i = 0; i < costs.Length; i++)
        {
            var worth = worths[i / columns, i % columns];
            costs[i] = worth > 0 ? (float)-worth : float.PositiveInfinity;
        }

        var pairs = new int[rows];
        new LinearAssignment().Solve(costs, rows, columns, pairs, maxCost: 0);
        return pairs;
    }
}

/// <summary>Numbers ids from 0 in the order in which they are first asked for.</summary>
internal sealed class Numbering<T>
    where T : notnull
{
    private readonly Dictionary<T, int> _numbers = [];

    /// <summary>The number of an id.</summary>
    public int this[T id]
    {
        get
        {
            if (!_numbers.TryGetValue(id, out var number))
                _numbers[id] = number = _numbers.Count;
            return number;
        }
    }

    /// <summary>How many ids there are.</summary>
    public int Count => _numbers.Count;
}

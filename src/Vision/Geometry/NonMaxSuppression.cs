using System.Runtime.InteropServices;

namespace Vision.Geometry;

/// <summary>Something found in an image, with the detector's score.</summary>
public interface IScoredBox
{
    /// <summary>Where, in pixels.</summary>
    Box Box { get; }

    /// <summary>How sure the detector is; more is surer.</summary>
    float Score { get; }
}

/// <summary>How two boxes' overlap is measured, from 0 to 1.</summary>
public enum OverlapMeasure
{
    /// <summary>See <see cref="Box.IntersectionOverUnion"/>: boxes of about one size on one object.</summary>
    IntersectionOverUnion,

    /// <summary>See <see cref="Box.IntersectionOverSmaller"/>: also a small box inside a large one, such as a mouth in a face.</summary>
    IntersectionOverSmaller,
}

/// <summary>Keeps the best of the detections that cover one object (greedy non-maximum suppression).</summary>
public static class NonMaxSuppression
{
    /// <summary>
    /// Removes each detection that overlaps a kept one of a higher score by more than allowed. What is left is sorted by
    /// falling score; equal scores by place, so that the result does not depend on the order given. Allocates nothing.
    /// </summary>
    /// <param name="detections">The caller's; changed in place.</param>
    /// <param name="maxOverlap">The largest overlap that two kept detections may have, from 0 to 1.</param>
    /// <param name="measure">How overlap is measured.</param>
    public static void Apply<T>(List<T> detections, float maxOverlap, OverlapMeasure measure = OverlapMeasure.IntersectionOverUnion)
        where T : struct, IScoredBox
    {
        ArgumentNullException.ThrowIfNull(detections);
        detections.Sort(static (a, b) => Compare(a, b));
        var all = CollectionsMarshal.AsSpan(detections);
        var kept = 0;
        foreach (var candidate in all)
        {
            if (!Overlaps(candidate.Box, all[..kept], maxOverlap, measure))
                all[kept++] = candidate;
        }

        detections.RemoveRange(kept, detections.Count - kept);
    }

    private static int Compare<T>(in T a, in T b)
        where T : struct, IScoredBox
    {
        var order = b.Score.CompareTo(a.Score);
        if (order == 0)
            order = a.Box.X.CompareTo(b.Box.X);
        if (order == 0)
            order = a.Box.Y.CompareTo(b.Box.Y);
        if (order == 0)
            order = a.Box.Width.CompareTo(b.Box.Width);
        return order != 0 ? order : a.Box.Height.CompareTo(b.Box.Height);
    }

    private static bool Overlaps<T>(in Box box, ReadOnlySpan<T> kept, float maxOverlap, OverlapMeasure measure)
        where T : struct, IScoredBox
    {
        foreach (var other in kept)
        {
            var overlap = measure == OverlapMeasure.IntersectionOverUnion
                ? box.IntersectionOverUnion(other.Box)
                : box.IntersectionOverSmaller(other.Box);
            if (overlap > maxOverlap)
                return true;
        }

        return false;
    }
}

using System.Runtime.InteropServices;

namespace FaceAttributes.Detection;

/// <summary>Keeps one detection where several cover the same face.</summary>
internal static class OverlapSuppression
{
    // Neighbours in a crowd overlap by less; a mouth or a collar taken for a face lies inside the real one.
    private const double MaxCovered = 0.6;

    /// <summary>Removes each detection that lies mostly inside one with a higher score. Sorts by falling score.</summary>
    public static void Apply(List<FaceDetection> detections)
    {
        detections.Sort(static (a, b) => Compare(a, b));
        var kept = 0;
        var all = CollectionsMarshal.AsSpan(detections);
        foreach (var candidate in all)
        {
            if (!IsCovered(candidate, all[..kept]))
                all[kept++] = candidate;
        }

        detections.RemoveRange(kept, detections.Count - kept);
    }

    // Equal scores: in an order that does not depend on the detector's threads.
    private static int Compare(in FaceDetection a, in FaceDetection b)
    {
        var order = b.Score.CompareTo(a.Score);
        if (order == 0)
            order = a.Box.X.CompareTo(b.Box.X);
        return order != 0 ? order : a.Box.Y.CompareTo(b.Box.Y);
    }

    private static bool IsCovered(in FaceDetection candidate, ReadOnlySpan<FaceDetection> better)
    {
        foreach (var other in better)
        {
            var common = candidate.Box.Intersect(other.Box);
            var smaller = Math.Min(Area(candidate.Box), Area(other.Box));
            if (Area(common) > MaxCovered * smaller)
                return true;
        }

        return false;
    }

    private static double Area(in OpenCvSharp.Rect box) => (double)box.Width * box.Height;
}

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>
/// HOTA: how well faces are found and how well they are told apart, in one figure: J. Luiten et al., "HOTA: A Higher Order Metric
/// for Evaluating Multi-Object Tracking", IJCV 129, 2021, arXiv:2009.07736. Counted as TrackEval counts.
/// </summary>
internal sealed class HigherOrderAccuracy
{
    // Boxes are of single precision.
    private const double Rounding = 1e-6;

    // The overlaps over which all is averaged: 0.05, 0.1, … 0.95.
    private static readonly double[] MinOverlaps = [.. Enumerable.Range(1, 19).Select(step => 0.05 * step)];

    private readonly int[] _found = new int[MinOverlaps.Length];
    private readonly double[] _association = new double[MinOverlaps.Length];
    private int _faces;
    private int _tracks;

    /// <summary>HOTA: from 0 to 1.</summary>
    public double Value => MinOverlaps.Index().Average(item => Math.Sqrt(DetectionAt(item.Index) * AssociationAt(item.Index)));

    /// <summary>DetA: how well faces are found; from 0 to 1.</summary>
    public double Detection => MinOverlaps.Index().Average(item => DetectionAt(item.Index));

    /// <summary>AssA: how well those that are found are told apart; from 0 to 1.</summary>
    public double Association => MinOverlaps.Index().Average(item => AssociationAt(item.Index));

    /// <summary>Adds the images of a sequence.</summary>
    public void Add(IReadOnlyList<TrackedImage> sequence)
    {
        var faces = new Numbering<int>();
        var ids = new Numbering<string>();
        (int[] Faces, int[] Ids, double[,] Overlaps)[] images =
        [
            .. sequence.Select(image => (
                image.Truth.Select(face => faces[face.Id]).ToArray(),
                image.Tracks.Select(track => ids[track.Id]).ToArray(),
                image.Overlaps())),
        ];

        var (faceCounts, idCounts) = (new int[faces.Count], new int[ids.Count]);
        var overlapping = new double[faces.Count, ids.Count];
        foreach (var image in images)
        {
            Array.ForEach(image.Faces, face => faceCounts[face]++);
            Array.ForEach(image.Ids, id => idCounts[id]++);
            AddShares(image, overlapping);
        }

        var together = MinOverlaps.Select(_ => new int[faces.Count, ids.Count]).ToArray();
        foreach (var image in images)
        {
            var worths = new double[image.Faces.Length, image.Ids.Length];
            for (var i = 0; i < image.Faces.Length; i++)
            {
                for (var j = 0; j < image.Ids.Length; j++)
                {
                    var (face, id) = (image.Faces[i], image.Ids[j]);
                    var alignment = overlapping[face, id] / (faceCounts[face] + idCounts[id] - overlapping[face, id]);
                    worths[i, j] = alignment * image.Overlaps[i, j];
                }
            }

            foreach (var (i, j) in BestPairs.Of(worths).Index())
            {
                for (var a = 0; a < MinOverlaps.Length && j >= 0 && image.Overlaps[i, j] >= MinOverlaps[a] - Rounding; a++)
                    together[a][image.Faces[i], image.Ids[j]]++;
            }
        }

        _faces += faceCounts.Sum();
        _tracks += idCounts.Sum();
        for (var a = 0; a < MinOverlaps.Length; a++)
        {
            for (var face = 0; face < faces.Count; face++)
            {
                for (var id = 0; id < ids.Count; id++)
                {
                    double count = together[a][face, id];
                    _found[a] += together[a][face, id];
                    _association[a] += count * count / Math.Max(1, faceCounts[face] + idCounts[id] - count);
                }
            }
        }
    }

    // Each overlap as a share of all overlaps of either box.
    private static void AddShares((int[] Faces, int[] Ids, double[,] Overlaps) image, double[,] overlapping)
    {
        var ofFaces = new double[image.Faces.Length];
        var ofIds = new double[image.Ids.Length];
        for (var i = 0; i < ofFaces.Length; i++)
        {
            for (var j = 0; j < ofIds.Length; j++)
            {
                ofFaces[i] += image.Overlaps[i, j];
                ofIds[j] += image.Overlaps[i, j];
            }
        }

        for (var i = 0; i < ofFaces.Length; i++)
        {
            for (var j = 0; j < ofIds.Length; j++)
            {
                var overlap = image.Overlaps[i, j];
                if (overlap > 0)
                    overlapping[image.Faces[i], image.Ids[j]] += overlap / (ofFaces[i] + ofIds[j] - overlap);
            }
        }
    }

    private double DetectionAt(int a) => (double)_found[a] / Math.Max(1, _faces + _tracks - _found[a]);

    private double AssociationAt(int a) => _association[a] / Math.Max(1, _found[a]);
}

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>
/// How long each face keeps one and the same id: E. Ristani et al., "Performance Measures and a Data Set for Multi-Target,
/// Multi-Camera Tracking", ECCV 2016 workshops, arXiv:1609.01775.
/// </summary>
/// <param name="minOverlap">Intersection over union from which on a track is on a face.</param>
internal sealed class IdentityScore(double minOverlap)
{
    // Boxes are of single precision.
    private const double Rounding = 1e-6;

    private long _right;
    private long _boxes;

    /// <summary>IDF1: true faces with the right id, each face having the one id that suits it best; from 0 to 1.</summary>
    public double F1 => 2.0 * _right / Math.Max(1, _boxes);

    /// <summary>Adds the images of a sequence.</summary>
    public void Add(IReadOnlyList<TrackedImage> sequence)
    {
        var faces = new Numbering<int>();
        var ids = new Numbering<string>();
        var together = new Dictionary<(int Face, int Id), int>();
        foreach (var image in sequence)
        {
            _boxes += image.Truth.Count + image.Tracks.Count;
            var overlaps = image.Overlaps();
            for (var i = 0; i < image.Truth.Count; i++)
            {
                for (var j = 0; j < image.Tracks.Count; j++)
                {
                    var pair = (faces[image.Truth[i].Id], ids[image.Tracks[j].Id]);
                    if (overlaps[i, j] >= minOverlap - Rounding)
                        together[pair] = together.GetValueOrDefault(pair) + 1;
                }
            }
        }

        var worths = new double[faces.Count, ids.Count];
        foreach (var (pair, count) in together)
            worths[pair.Face, pair.Id] = count;
        foreach (var (face, id) in BestPairs.Of(worths).Index())
            _right += id < 0 ? 0 : together[(face, id)];
    }
}

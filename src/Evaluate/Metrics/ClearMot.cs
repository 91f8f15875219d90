namespace FaceAttributes.Evaluation.Metrics;

/// <summary>
/// Faces found, missed and made up, and how often one got another's id: K. Bernardin and R. Stiefelhagen, "Evaluating Multiple
/// Object Tracking Performance: The CLEAR MOT Metrics", 2008. Counted as TrackEval counts.
/// </summary>
/// <param name="minOverlap">Intersection over union from which on a track is on a face.</param>
internal sealed class ClearMot(double minOverlap)
{
    // Boxes are of single precision.
    private const double Rounding = 1e-6;

    /// <summary>True faces that have a track, over all images.</summary>
    public int Found { get; private set; }

    /// <summary>True faces that have none.</summary>
    public int Missed { get; private set; }

    /// <summary>Tracks that are on no true face.</summary>
    public int False { get; private set; }

    /// <summary>Times that a true face has another id than when it was last found.</summary>
    public int IdSwitches { get; private set; }

    /// <summary>Times that a true face is found again after images in which it was not.</summary>
    public int Fragmentations { get; private set; }

    /// <summary>Share of the true faces that are found, from 0 to 1.</summary>
    public double Recall => (double)Found / Math.Max(1, Found + Missed);

    /// <summary>Share of the tracks that are on a true face, from 0 to 1.</summary>
    public double Precision => (double)Found / Math.Max(1, Found + False);

    /// <summary>Multiple object tracking accuracy: at most 1, below 0 where there is more wrong than right; 0 without true faces.</summary>
    public double Accuracy => Found + Missed == 0 ? 0 : (double)(Found - False - IdSwitches) / (Found + Missed);

    /// <summary>Adds the images of a sequence.</summary>
    /// <returns>For each image the track of each true face, by index, or -1: pairs of the last image go before others.</returns>
    public IReadOnlyList<int[]> Add(IReadOnlyList<TrackedImage> sequence)
    {
        var lastIds = new Dictionary<int, string>();
        var pairsBefore = new Dictionary<int, string>();
        var foundBefore = new HashSet<int>();
        var all = new List<int[]>();
        foreach (var image in sequence)
        {
            var pairs = Pair(image, pairsBefore);
            all.Add(pairs);
            var found = pairs.Count(track => track >= 0);
            Found += found;
            Missed += image.Truth.Count - found;
            False += image.Tracks.Count - found;

            // An image that lacks one or the other says nothing about ids.
            if (image.Truth.Count == 0 || image.Tracks.Count == 0)
                continue;
            var pairsNow = new Dictionary<int, string>();
            foreach (var (face, track) in image.Truth.Zip(pairs))
            {
                if (track < 0)
                    continue;
                var id = image.Tracks[track].Id;
                if (lastIds.TryGetValue(face.Id, out var last) && last != id)
                    IdSwitches++;
                if (!foundBefore.Add(face.Id) && !pairsBefore.ContainsKey(face.Id))
                    Fragmentations++;
                lastIds[face.Id] = pairsNow[face.Id] = id;
            }

            pairsBefore = pairsNow;
        }

        return all;
    }

    private int[] Pair(TrackedImage image, Dictionary<int, string> pairsBefore)
    {
        var overlaps = image.Overlaps();
        var most = Math.Min(image.Truth.Count, image.Tracks.Count);
        for (var i = 0; i < image.Truth.Count; i++)
        {
            for (var j = 0; j < image.Tracks.Count; j++)
            {
                if (overlaps[i, j] < minOverlap - Rounding)
                    overlaps[i, j] = 0;
                else if (pairsBefore.GetValueOrDefault(image.Truth[i].Id) == image.Tracks[j].Id)
                    overlaps[i, j] += 1 + most; // More than all overlaps together
            }
        }

        return BestPairs.Of(overlaps);
    }
}

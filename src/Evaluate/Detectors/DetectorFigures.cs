using FaceAttributes.Detection;
using Vision.Geometry;

namespace FaceAttributes.Evaluation.Detectors;

/// <summary>How well a detector finds the faces of pictures, counted picture by picture.</summary>
/// <remarks>
/// A detection finds the face with which its intersection over union is largest and at least 0.4, unless a surer one has found
/// that already. One that finds none is a false face, but not where it lies on an ignored one.
/// </remarks>
internal sealed class DetectorFigures
{
    /// <summary>Sizes of face, by the longer side in pixels: each group reaches up to the next.</summary>
    public static readonly IReadOnlyList<int> SizesFrom = [0, 24, 48, 96];

    private const float MinIou = 0.4f;
    private const float OnIgnored = 0.5f;

    private readonly int[] _faces = new int[SizesFrom.Count];
    private readonly int[] _found = new int[SizesFrom.Count];
    private readonly SortedDictionary<string, (int Faces, int Found)> _groups = new(StringComparer.Ordinal);
    private readonly List<double> _milliseconds = [];
    private int _false;

    /// <summary>Faces that count, by size.</summary>
    public IReadOnlyList<int> Faces => _faces;

    /// <summary>Share of the faces of each size that are found; NaN where there is none.</summary>
    public IEnumerable<double> RecallBySize => _found.Zip(_faces, (found, faces) => (double)found / faces);

    /// <summary>By group, where the faces have any: how many count, and how many of them are found.</summary>
    public IReadOnlyDictionary<string, (int Faces, int Found)> Groups => _groups;

    /// <summary>Share of all faces that are found.</summary>
    public double Recall => (double)_found.Sum() / _faces.Sum();

    /// <summary>Share of the detections that are faces; NaN where nothing is found.</summary>
    public double Precision => (double)_found.Sum() / (_found.Sum() + _false);

    /// <summary>Median milliseconds for a picture.</summary>
    public double Milliseconds => _milliseconds.Order().ElementAt(_milliseconds.Count / 2);

    /// <summary>Counts a picture.</summary>
    /// <param name="faces">Those that people marked.</param>
    /// <param name="detections">Those that the detector found.</param>
    /// <param name="milliseconds">How long it took.</param>
    public void Add(IReadOnlyList<MarkedFace> faces, IReadOnlyList<FaceDetection> detections, double milliseconds)
    {
        _milliseconds.Add(milliseconds);
        foreach (var face in faces.Where(face => !face.IsIgnored))
            Count(face, _faces, isFound: false);
        List<MarkedFace> left = [.. faces];
        foreach (var detection in detections.OrderByDescending(detection => detection.Score))
        {
            var box = detection.Box;
            var best = left.MaxBy(face => face.Box.IntersectionOverUnion(box));
            if (best is not null && best.Box.IntersectionOverUnion(box) >= MinIou)
            {
                left.Remove(best);
                if (!best.IsIgnored)
                    Count(best, _found, isFound: true);
            }
            else if (!faces.Any(face => face.IsIgnored && face.Box.IntersectionOverSmaller(box) >= OnIgnored))
            {
                _false++;
            }
        }
    }

    private static int SizeGroup(in Box face)
    {
        var side = Math.Max(face.Width, face.Height);
        return SizesFrom.Count(from => from <= side) - 1;
    }

    private void Count(MarkedFace face, int[] bySize, bool isFound)
    {
        bySize[SizeGroup(face.Box)]++;
        if (face.Group.Length == 0)
            return;
        var (faces, found) = _groups.GetValueOrDefault(face.Group);
        _groups[face.Group] = isFound ? (faces, found + 1) : (faces + 1, found);
    }
}

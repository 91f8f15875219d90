using System.Runtime.InteropServices;
using FaceAttributes.Detection;
using OpenCvSharp;

namespace FaceAttributes.Tracking;

/// <summary>
/// Gives the same face the same id from frame to frame: each face of the last frame goes to the detection that
/// overlaps it most, the best pairs first. Looks at boxes only; it knows nobody.
/// </summary>
/// <remarks>The same detections give the same ids. Used by one thread at a time.</remarks>
public sealed class FaceTracker
{
    private readonly FaceTrackerOptions _options;
    private readonly List<Track> _tracks = [];
    private readonly List<Pair> _pairs = [];
    private long _lastId;

    /// <summary>Creates a tracker that follows nothing yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public FaceTracker(FaceTrackerOptions? options = null)
    {
        _options = options ?? new FaceTrackerOptions();
        if (!(_options.MinOverlap is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), $"MinOverlap is {_options.MinOverlap}; it must be above 0 and at most 1.");
        if (_options.MaxMissedFrames < 0)
            throw new ArgumentOutOfRangeException(nameof(options), $"MaxMissedFrames is {_options.MaxMissedFrames}; it must be 0 or more.");
    }

    /// <summary>Looks at the next frame's detections.</summary>
    /// <param name="detections">The faces of the frame.</param>
    /// <param name="ids">
    /// Emptied and filled with one id for each detection, in their order: "f1", "f2", … in the order of appearance;
    /// an id is never used again for another face.
    /// </param>
    public void Update(IReadOnlyList<FaceDetection> detections, List<string> ids)
    {
        ArgumentNullException.ThrowIfNull(detections);
        ArgumentNullException.ThrowIfNull(ids);
        ids.Clear();
        for (var i = 0; i < detections.Count; i++)
            ids.Add(string.Empty);

        FindPairs(detections);
        Assign(detections, ids);
        Forget();
        for (var i = 0; i < detections.Count; i++)
        {
            if (ids[i].Length == 0)
            {
                ids[i] = $"f{++_lastId}";
                _tracks.Add(new Track { Id = ids[i], Box = detections[i].Box });
            }
        }
    }

    /// <summary>Forgets all faces, as for a new scene. Ids go on where they were.</summary>
    public void Reset() => _tracks.Clear();

    private static double Overlap(in Rect a, in Rect b)
    {
        var common = Area(a.Intersect(b));
        return common > 0 ? common / (Area(a) + Area(b) - common) : 0;
    }

    private static double Area(in Rect box) => (double)box.Width * box.Height;

    private void FindPairs(IReadOnlyList<FaceDetection> detections)
    {
        _pairs.Clear();
        for (var track = 0; track < _tracks.Count; track++)
        {
            for (var detection = 0; detection < detections.Count; detection++)
            {
                var overlap = Overlap(_tracks[track].Box, detections[detection].Box);
                if (overlap >= _options.MinOverlap)
                    _pairs.Add(new Pair(overlap, track, detection));
            }
        }

        _pairs.Sort(static (a, b) => a.CompareTo(b));
    }

    private void Assign(IReadOnlyList<FaceDetection> detections, List<string> ids)
    {
        var tracks = CollectionsMarshal.AsSpan(_tracks);
        foreach (ref var track in tracks)
            track.Missed++;
        foreach (var pair in _pairs)
        {
            ref var track = ref tracks[pair.Track];
            var isTaken = track.Missed == 0 || ids[pair.Detection].Length > 0;
            if (isTaken)
                continue;
            track.Missed = 0;
            track.Box = detections[pair.Detection].Box;
            ids[pair.Detection] = track.Id;
        }
    }

    private void Forget()
    {
        for (var i = _tracks.Count - 1; i >= 0; i--)
        {
            if (_tracks[i].Missed > _options.MaxMissedFrames)
                _tracks.RemoveAt(i);
        }
    }

    private struct Track
    {
        public required string Id { get; init; }

        public Rect Box { get; set; }

        public int Missed { get; set; }
    }

    private readonly record struct Pair(double Overlap, int Track, int Detection) : IComparable<Pair>
    {
        // Largest overlap first; ties in the order of appearance, so that ids don't depend on the sort.
        public int CompareTo(Pair other)
        {
            var order = other.Overlap.CompareTo(Overlap);
            if (order == 0)
                order = Track.CompareTo(other.Track);
            return order != 0 ? order : Detection.CompareTo(other.Detection);
        }
    }
}

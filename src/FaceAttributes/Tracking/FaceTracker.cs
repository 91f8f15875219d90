using System.Numerics;
using FaceAttributes.Detection;

namespace FaceAttributes.Tracking;

/// <summary>Settings of <see cref="FaceTracker"/>.</summary>
public sealed record FaceTrackerOptions
{
    /// <summary>
    /// Intersection over union of a face with its track's last box from which on it is the same face. Above 0, at most 1.
    /// </summary>
    public double MinIou { get; init; } = 0.3;

    /// <summary>Seconds for which a track that no detection fits is kept and may still be found again. 0 or more.</summary>
    public double MaxLostSeconds { get; init; } = 0.5;

    /// <summary>Makes sure that all values are in their ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public void Check()
    {
        if (!(MinIou is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(MinIou), FormattableString.Invariant($"MinIou is {MinIou}; it must be above 0 and at most 1."));
        if (!(MaxLostSeconds >= 0))
            throw new ArgumentOutOfRangeException(nameof(MaxLostSeconds), FormattableString.Invariant($"MaxLostSeconds is {MaxLostSeconds}; it must be 0 or more."));
    }
}

/// <summary>
/// Follows faces from image to image: each track goes to the detection that overlaps its last box most, the best pairs
/// first. Looks at boxes only; it knows nobody.
/// </summary>
/// <remarks>
/// Time is the images' stamps, so that images that were not looked at count as well. Ids are "f1", "f2", … in the order of
/// appearance and never used again. The same detections and stamps give the same tracks. Used by one thread at a time;
/// allocates for new tracks only.
/// </remarks>
public sealed class FaceTracker
{
    // Time constant, in seconds, over which velocity is smoothed.
    private const double VelocitySmoothing = 0.2;

    private readonly List<Track> _tracks = [];
    private readonly List<Pair> _pairs = [];
    private readonly List<Track?> _matches = [];
    private FaceTrackerOptions _options = new();
    private double _stamp = double.NegativeInfinity;
    private long _lastId;

    /// <summary>Creates a tracker that follows nothing yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public FaceTracker(FaceTrackerOptions? options = null) => Options = options ?? new FaceTrackerOptions();

    /// <summary>The settings; new ones count from the next update on, and no track is lost for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public FaceTrackerOptions Options
    {
        get => _options;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Check();
            _options = value;
        }
    }

    /// <summary>All tracks, also those that are lost for the moment, in the order of their ids.</summary>
    public IReadOnlyList<Track> Tracks => _tracks;

    /// <summary>Looks at the next image's detections.</summary>
    /// <param name="detections">The faces of the image.</param>
    /// <param name="stamp">
    /// The image's time in seconds. One that lies back by more than <see cref="FaceTrackerOptions.MaxLostSeconds"/>, as
    /// where a recording starts again, begins a new scene: all tracks end.
    /// </param>
    /// <returns>The track of each detection, in their order; valid until the next call.</returns>
    public IReadOnlyList<Track> Update(IReadOnlyList<FaceDetection> detections, double stamp)
    {
        ArgumentNullException.ThrowIfNull(detections);
        if (stamp < _stamp - _options.MaxLostSeconds)
            Reset();
        _stamp = Math.Max(_stamp, stamp);
        EndLostTracks();
        FindPairs(detections);

        foreach (var track in _tracks)
            track.State = TrackState.Lost;
        _matches.Clear();
        for (var i = 0; i < detections.Count; i++)
            _matches.Add(null);
        foreach (var pair in _pairs)
        {
            var isTaken = pair.Track.State == TrackState.Tracked || _matches[pair.Detection] is not null;
            if (isTaken)
                continue;
            Move(pair.Track, detections[pair.Detection]);
            _matches[pair.Detection] = pair.Track;
        }

        for (var i = 0; i < detections.Count; i++)
        {
            if (_matches[i] is not null)
                continue;
            var track = new Track($"f{++_lastId}", detections[i], _stamp);
            _tracks.Add(track);
            _matches[i] = track;
        }

        return _matches!;
    }

    /// <summary>Ends all tracks, as for a new scene. Ids go on where they were.</summary>
    public void Reset()
    {
        _tracks.Clear();
        _stamp = double.NegativeInfinity;
    }

    private void EndLostTracks()
    {
        for (var i = _tracks.Count - 1; i >= 0; i--)
        {
            if (_stamp - _tracks[i].LastSeen > _options.MaxLostSeconds)
                _tracks.RemoveAt(i);
        }
    }

    private void FindPairs(IReadOnlyList<FaceDetection> detections)
    {
        _pairs.Clear();
        for (var order = 0; order < _tracks.Count; order++)
        {
            for (var detection = 0; detection < detections.Count; detection++)
            {
                var iou = _tracks[order].Box.IntersectionOverUnion(detections[detection].Box);
                if (iou >= _options.MinIou)
                    _pairs.Add(new Pair(iou, _tracks[order], order, detection));
            }
        }

        _pairs.Sort(static (a, b) => a.CompareTo(b));
    }

    private void Move(Track track, in FaceDetection detection)
    {
        var seconds = _stamp - track.LastSeen;
        if (seconds > 0)
        {
            var moved = new Vector2(detection.Box.CenterX - track.Box.CenterX, detection.Box.CenterY - track.Box.CenterY);
            var weight = (float)(1 - Math.Exp(-seconds / VelocitySmoothing));
            track.Velocity += weight * (moved / (float)seconds - track.Velocity);
        }

        (track.Box, track.DetectionScore, track.Landmarks) = (detection.Box, detection.Score, detection.Landmarks);
        (track.State, track.LastSeen) = (TrackState.Tracked, _stamp);
    }

    private readonly record struct Pair(float Iou, Track Track, int Order, int Detection) : IComparable<Pair>
    {
        // Largest overlap first; ties in the order of appearance, so that ids don't depend on the sort.
        public int CompareTo(Pair other)
        {
            var order = other.Iou.CompareTo(Iou);
            if (order == 0)
                order = Order.CompareTo(other.Order);
            return order != 0 ? order : Detection.CompareTo(other.Detection);
        }
    }
}

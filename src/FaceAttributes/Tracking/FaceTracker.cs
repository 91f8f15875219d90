using System.Numerics;
using FaceAttributes.Detection;
using Vision.Geometry;

namespace FaceAttributes.Tracking;

/// <summary>Settings of <see cref="FaceTracker"/>.</summary>
public sealed record FaceTrackerOptions
{
    /// <summary>Seconds for which a track that no detection fits is kept and may still be found again. 0 or more.</summary>
    public double MaxLostSeconds { get; init; } = 1.5;

    /// <summary>In how many images a face must have been seen before it is believed. 1 or more.</summary>
    public int ConfirmHits { get; init; } = 1;

    /// <summary>Whether <see cref="FacePipeline"/> measures how the camera has moved and takes the tracks along.</summary>
    public bool CameraMotion { get; init; } = true;

    /// <summary>Seconds within which it must be seen again while it is not yet believed. 0 or more.</summary>
    public double ConfirmSeconds { get; init; } = 0.5;

    /// <summary>Makes sure that all values are in their ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public void Check()
    {
        if (!(MaxLostSeconds >= 0))
            throw Options.Wrong(nameof(MaxLostSeconds), MaxLostSeconds, "0 or more");
        if (ConfirmHits < 1)
            throw Options.Wrong(nameof(ConfirmHits), ConfirmHits, "1 or more");
        if (!(ConfirmSeconds >= 0))
            throw Options.Wrong(nameof(ConfirmSeconds), ConfirmSeconds, "0 or more");
    }
}

/// <summary>
/// Follows faces from image to image: a Kalman filter expects each face where its velocity takes it, and the detections go
/// to the tracks so that all together fit best (SORT, Bewley et al. 2016, with the likelihood of place and size as the
/// cost, and of appearance where the detections have one: Deep SORT, Wojke et al. 2017, without its network).
/// </summary>
/// <remarks>
/// Time is the images' stamps, so that images that were not looked at count as well. Ids are "f1", "f2", … in the order of
/// appearance and never used again. The same detections and stamps give the same tracks. Used by one thread at a time;
/// allocates for new tracks only.
/// </remarks>
public sealed class FaceTracker
{
    // Part of a face's box that may be another one's too, without it being hidden.
    private const float MostCovered = 0.05f;

    // Part of a new face's box that may be another one's too.
    private const float MostShared = 0.5f;

    // Seconds by which one image may overtake another on its way; a stamp that lies back by more is of another scene.
    private const double MostOvertaken = 0.5;

    // A face that the image before showed is not gone before this one is looked at, be it late by so many times the usual.
    private const double MostLate = 3;

    // Seconds between the images of a slow camera
    private const double SlowCamera = 0.2;

    private readonly List<Track> _tracks = [];
    private readonly List<Track> _seen = [];
    private readonly LinearAssignment _assignment = new();
    private readonly List<int> _candidates = [];
    private readonly List<Track?> _matches = [];
    private float[] _costs = [];
    private int[] _columns = [];
    private FaceTrackerOptions _options = new();
    private double _stamp = double.NegativeInfinity;
    private double _interval;
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

    /// <summary>All tracks, also tentative ones and those that are lost for the moment, in the order of their ids.</summary>
    public IReadOnlyList<Track> Tracks => _tracks;

    /// <summary>Goes on to the time of the next image, before its faces are looked for: tracks are where they are expected.</summary>
    /// <param name="stamp">
    /// The image's time in seconds. One that lies back by more than half a second, as where a recording starts again, begins a
    /// new scene: all tracks end.
    /// </param>
    public void Predict(double stamp)
    {
        if (stamp < _stamp - MostOvertaken)
            Reset();
        var passed = _tracks.Count > 0 ? Math.Max(0, stamp - _stamp) : 0;
        _stamp = Math.Max(_stamp, stamp);
        var interval = _interval > 0 ? _interval : Math.Min(passed, SlowCamera); // Of the second image it isn't known yet.
        for (var i = _tracks.Count - 1; i >= 0; i--)
        {
            var track = _tracks[i];
            var limit = Math.Max(MaxUnseen(track), track.UnseenSeconds == 0 || track.PassedOver > 0 ? (MostLate + track.PassedOver) * interval : 0);
            track.Predict(_stamp);
            if (passed > 0 && track.UnseenSeconds > limit)
                _tracks.RemoveAt(i);
        }

        if (passed > 0)
            _interval = passed;
    }

    /// <summary>The picture has moved because the camera did: what was expected somewhere is expected that much further.</summary>
    /// <param name="offset">In pixels, to the right and down.</param>
    public void Shift(Vector2 offset)
    {
        foreach (var track in _tracks)
            track.Shift(offset);
    }

    /// <summary>The next images show the same in more pixels, or in fewer: faces are expected at the same part of them.</summary>
    /// <param name="factor">Their width divided by that of the last; above 0.</param>
    public void Scale(float factor)
    {
        foreach (var track in _tracks)
            track.Scale(factor);
    }

    /// <summary>Looks at the next image's detections.</summary>
    /// <param name="detections">The faces of the image.</param>
    /// <param name="stamp">The image's time in seconds, see <see cref="Predict"/>.</param>
    /// <param name="certain">
    /// Score from which on a detection is believed by itself; below it, only as a face that is followed already.
    /// </param>
    /// <returns>
    /// The tracks whose faces are in this image, in the order of the detections, then those for which nobody has looked; valid
    /// until the next call.
    /// </returns>
    public IReadOnlyList<Track> Update(IReadOnlyList<FaceDetection> detections, double stamp, float certain = 0)
    {
        ArgumentNullException.ThrowIfNull(detections);
        Predict(stamp);
        _matches.Clear();
        for (var i = 0; i < detections.Count; i++)
            _matches.Add(null);

        // Doubtful detections go to the tracks that are left (ByteTrack, Zhang et al. 2022).
        Assign(detections, certain, float.PositiveInfinity);
        Assign(detections, float.NegativeInfinity, certain);

        for (var i = _tracks.Count - 1; i >= 0; i--)
        {
            var track = _tracks[i];
            if (track.PassedOver > 0 || _matches.Contains(track))
                continue;
            if (track.State == TrackState.Tracked)
                track.State = TrackState.Lost;
            if (track.UnseenSeconds > MaxUnseen(track))
                _tracks.RemoveAt(i);
        }

        _seen.Clear();
        for (var i = 0; i < detections.Count; i++)
        {
            if (_matches[i] is null && detections[i].Score >= certain && !IsPart(detections, i))
                _tracks.Add(_matches[i] = new Track($"f{++_lastId}", detections[i], _stamp) { State = TrackState.Tentative });
            if (_matches[i] is not { } track)
                continue;
            if (track.State != TrackState.Tentative || track.Hits >= _options.ConfirmHits)
                track.State = TrackState.Tracked;
            if (track.State == TrackState.Tracked)
                _seen.Add(track);
        }

        foreach (var track in _tracks)
        {
            if (track.State == TrackState.Tracked && !_matches.Contains(track))
                _seen.Add(track);
        }

        return _seen;
    }

    /// <summary>Ends all tracks, as for a new scene. Ids go on where they were.</summary>
    public void Reset()
    {
        _tracks.Clear();
        (_stamp, _interval) = (double.NegativeInfinity, 0);
    }

    /// <summary>Ends all tracks, and ids begin anew.</summary>
    public void Restart()
    {
        Reset();
        _lastId = 0;
    }

    /// <summary>Seconds for which a track is kept while its face is looked for and not seen.</summary>
    private double MaxUnseen(Track track) => track.State == TrackState.Tentative ? _options.ConfirmSeconds : _options.MaxLostSeconds;

    /// <summary>Gives the detections of these scores to the tracks that have none yet.</summary>
    private void Assign(IReadOnlyList<FaceDetection> detections, float from, float below)
    {
        _candidates.Clear();
        for (var i = 0; i < detections.Count; i++)
        {
            if (_matches[i] is null && detections[i].Score >= from && detections[i].Score < below)
                _candidates.Add(i);
        }

        var (rows, columns) = (_tracks.Count, _candidates.Count);
        if (rows == 0 || columns == 0)
            return;
        if (_costs.Length < rows * columns)
            _costs = new float[2 * rows * columns];
        if (_columns.Length < rows)
            _columns = new int[2 * rows];
        for (var row = 0; row < rows; row++)
        {
            var isTaken = _matches.Contains(_tracks[row]);
            for (var column = 0; column < columns; column++)
            {
                _costs[row * columns + column] =
                    isTaken ? float.PositiveInfinity : _tracks[row].AssociationCost(detections[_candidates[column]]);
            }
        }

        _assignment.Solve(_costs.AsSpan(0, rows * columns), rows, columns, _columns);
        for (var row = 0; row < rows; row++)
        {
            if (_columns[row] < 0)
                continue;
            var detection = _candidates[_columns[row]];
            _tracks[row].Update(detections[detection], IsCovered(_tracks[row], detections[detection].Box));
            _matches[detection] = _tracks[row];
        }
    }

    /// <summary>Whether a detection lies for the most part in that of a track: half a face behind another one, not a new one.</summary>
    private bool IsPart(IReadOnlyList<FaceDetection> detections, int detection)
    {
        for (var i = 0; i < detections.Count; i++)
        {
            if (_matches[i] is not null && detections[i].Box.Intersect(detections[detection].Box).Area > MostShared * detections[detection].Box.Area)
                return true;
        }

        return false;
    }

    /// <summary>Whether a face touches another one, seen or expected.</summary>
    private bool IsCovered(Track track, in Box box)
    {
        foreach (var other in _tracks)
        {
            if (other != track && other.Box.Intersect(box).Area > MostCovered * box.Area)
                return true;
        }

        return false;
    }
}

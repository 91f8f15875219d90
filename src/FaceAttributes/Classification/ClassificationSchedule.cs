using FaceAttributes.Smoothing;
using FaceAttributes.Tracking;

namespace FaceAttributes.Classification;

/// <summary>Which faces the networks look at, and how often.</summary>
public sealed record ClassificationOptions
{
    /// <summary>A face whose <see cref="Track.Quality"/> is below this is followed, but not classified. From 0 to 1.</summary>
    public double MinQuality { get; init; } = 0.25;

    /// <summary>
    /// Time that the networks may take for one image, each the same part of it. Where there are more faces than that, new ones
    /// come first, the largest of them first of all, then the ones that have waited longest; each network always looks at one.
    /// Null: no limit, and results that don't depend on how fast the machine is.
    /// </summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>
    /// Seconds, by the images' stamps, in which a network looks at each face once; at new ones at once. Where images come faster,
    /// each has its share of the faces. 0 or more; 0: all faces of every image.
    /// </summary>
    /// <remarks>
    /// Where all that a network estimates is smoothed over more than ten times as long (a person's gender), it looks at a face
    /// so often only at first, and then once in a tenth of that time constant.
    /// </remarks>
    public double IntervalSeconds { get; init; }

    /// <summary>
    /// Years: where an age is estimated, the gender of a face whose age is below this, or not known yet, is unknown. 0: whatever the
    /// age. From 0 to 150.
    /// </summary>
    /// <remarks>
    /// Networks are wrong about 38% of those under three and 12% of those under ten whom they are sure of, and about 3% of adults
    /// (UTKFace's held-out part).
    /// </remarks>
    public double MinAgeForGender { get; init; } = 10;

    /// <summary>For a camera's images, whose faces stay for a while: as the node does by default.</summary>
    public static ClassificationOptions OfCamera { get; } = new() { Budget = TimeSpan.FromMilliseconds(20), IntervalSeconds = 0.1 };

    /// <summary>Makes sure that all values are in their ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public void Check()
    {
        if (!(MinQuality is >= 0 and <= 1))
            throw Options.Wrong(nameof(MinQuality), MinQuality, "from 0 to 1");
        if (!(IntervalSeconds >= 0))
            throw Options.Wrong(nameof(IntervalSeconds), IntervalSeconds, "0 or more");
        if (!(MinAgeForGender is >= 0 and <= 150))
            throw Options.Wrong(nameof(MinAgeForGender), MinAgeForGender, "from 0 to 150 years");
        if (Budget <= TimeSpan.Zero)
            throw Options.Wrong(nameof(Budget), Budget, "above 0, or null for none");
    }
}

/// <summary>
/// Chooses the faces that one network looks at in an image, so that each has its turn in time and no image has more than its
/// share of the work. Used by one thread at a time; allocates nothing once it has seen as many faces as it will see.
/// </summary>
/// <param name="attribute">Index of the network's first attribute in <see cref="Track.Attributes"/>.</param>
/// <param name="attributes">How many it has, from there on.</param>
internal sealed class ClassificationSchedule(int attribute, int attributes)
{
    // Evidence of which this part is new is worth a look.
    private const double WorthALook = 0.1;

    // Shorter than from any image to the next.
    private const double EveryImage = 1e-6;

    // Weight of the newest image in the mean time that a face takes.
    private const double CostSmoothing = 0.1;

    private readonly List<(Track Track, double Urgency)> _chosen = [];
    private TimeSpan _costOfFace;
    private double _lastStamp = double.NegativeInfinity;

    // Looks that are due by now, less those that were taken.
    private double _due;

    /// <summary>Index of the network's first attribute in <see cref="Track.Attributes"/>.</summary>
    public int Attribute => attribute;

    /// <summary>How many faces were chosen.</summary>
    public int Count => _chosen.Count;

    /// <summary>A face that was chosen.</summary>
    public Track this[int i] => _chosen[i].Track;

    /// <summary>Chooses.</summary>
    /// <param name="tracks">All faces of the image, each with its attributes.</param>
    /// <param name="stamp">The image's time in seconds.</param>
    /// <param name="options">Which faces may be looked at, and how often.</param>
    /// <param name="smoothing">The time constants of the attributes.</param>
    /// <param name="budget">Time for this network; null for no limit.</param>
    public void Choose(
        IReadOnlyList<Track> tracks, double stamp, ClassificationOptions options, SmoothingOptions smoothing, TimeSpan? budget)
    {
        var seconds = Math.Abs(stamp - _lastStamp);
        _lastStamp = stamp;
        _chosen.Clear();
        var (isNew, known) = (0, 0.0);
        for (var i = 0; i < tracks.Count; i++)
        {
            var track = tracks[i];
            if (track.Quality < options.MinQuality)
                continue;
            var last = track.Attributes[attribute].LastAdded;
            var interval = Interval(track, stamp, options, smoothing);
            if (double.IsNegativeInfinity(last))
                isNew++;
            else
                known += Math.Min(1, seconds / interval);
            _chosen.Add((track, (stamp - last) / interval));
        }

        // Rounded, because images don't come on the dot.
        _due = Math.Clamp(_due + known, -1, Math.Max(0, _chosen.Count - isNew));
        var most = Math.Min(_chosen.Count, isNew + Math.Max(0, (int)Math.Round(_due)));
        if (budget is { } time && _costOfFace > TimeSpan.Zero)
            most = Math.Min(most, (int)Math.Clamp(time / _costOfFace, 1, int.MaxValue));
        _due -= Math.Max(0, most - isNew);
        if (most < _chosen.Count)
        {
            _chosen.Sort(static (a, b) =>
            {
                var order = b.Urgency.CompareTo(a.Urgency);
                return order != 0 ? order : b.Track.Box.Area.CompareTo(a.Track.Box.Area);
            });
            _chosen.RemoveRange(most, _chosen.Count - most);
        }
    }

    /// <summary>The chosen faces were looked at.</summary>
    /// <param name="time">How long it took.</param>
    public void Took(TimeSpan time)
    {
        var cost = time / _chosen.Count;
        _costOfFace = _costOfFace == TimeSpan.Zero ? cost : _costOfFace + CostSmoothing * (cost - _costOfFace);
    }

    /// <summary>Seconds in which the network looks at a face once.</summary>
    private double Interval(Track track, double stamp, ClassificationOptions options, SmoothingOptions smoothing)
    {
        if (options.IntervalSeconds == 0)
            return EveryImage;
        var evidence = double.PositiveInfinity;
        for (var i = attribute; i < attribute + attributes; i++)
            evidence = Math.Min(evidence, WorthALook * smoothing.Of(track.Attributes[i].Attribute));
        return Math.Max(options.IntervalSeconds, stamp - track.Attributes[attribute].FirstAdded < evidence ? 0 : evidence);
    }
}

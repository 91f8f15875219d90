namespace FaceAttributes.Evaluation.Metrics;

/// <summary>
/// How much a face's published label flickers while the face looks the same, and how soon it changes when the face does.
/// </summary>
internal sealed class LabelStability
{
    /// <summary>Seconds after a change of a face in which its label may change without that being counted as flicker.</summary>
    public const double SettlingTime = 1;

    private readonly List<double> _delays = [];
    private double _seconds;

    /// <summary>Changes of the label while the face looked the same.</summary>
    public int Flickers { get; private set; }

    /// <summary>The same for each minute that a face was followed; 0 where none was.</summary>
    public double FlickersPerMinute => _seconds > 0 ? 60 * Flickers / _seconds : 0;

    /// <summary>How many changes of a face's emotion there were.</summary>
    public int Changes { get; private set; }

    /// <summary>Of these, how many the label has shown before the next one.</summary>
    public int Shown => _delays.Count;

    /// <summary>
    /// Seconds from such a change to the first image with the right label, the median over all changes; infinite where more than
    /// half are never shown, null without changes.
    /// </summary>
    public double? MedianDelay => Changes == 0
        ? null
        : _delays.Order().Concat(Enumerable.Repeat(double.PositiveInfinity, Changes - Shown)).ElementAt((Changes - 1) / 2);

    /// <summary>Share of the changes whose right label is published within so many seconds; null without changes.</summary>
    public double? ShownWithin(double seconds) => Changes == 0 ? null : (double)_delays.Count(delay => delay <= seconds) / Changes;

    /// <summary>Adds the images of a sequence.</summary>
    /// <param name="sequence">The images.</param>
    /// <param name="pairs">For each the track of each true face, or -1: see <see cref="ClearMot.Add"/>.</param>
    public void Add(IReadOnlyList<TrackedImage> sequence, IReadOnlyList<int[]> pairs)
    {
        var views = sequence.Zip(pairs).SelectMany(image => image.First.Truth.Zip(image.Second, (face, track) =>
            (image.First.Stamp, Face: face, Track: track < 0 ? null : image.First.Tracks[track])));
        foreach (var face in views.GroupBy(view => view.Face.Id))
        {
            AddFlicker([.. face.Where(view => view.Track is not null).Select(view => (view.Stamp, view.Face, view.Track!.Emotion))]);
            foreach (var look in face.Where(view => view.Face is { Emotion: not null, LookSince: >= 0 }).GroupBy(view => view.Face.LookSince))
                AddChange(look.Key, [.. look.Select(view => (view.Stamp, view.Track?.Emotion == view.Face.Emotion))]);
        }
    }

    private void AddFlicker(IReadOnlyList<(double Stamp, TrueFace Face, string? Label)> views)
    {
        foreach (var (before, now) in views.Zip(views.Skip(1)))
        {
            if (before.Face.LookSince != now.Face.LookSince || before.Stamp < now.Face.LookSince + SettlingTime)
                continue;
            _seconds += now.Stamp - before.Stamp;
            if (before.Label != now.Label)
                Flickers++;
        }
    }

    private void AddChange(double since, IReadOnlyList<(double Stamp, bool IsRight)> views)
    {
        Changes++;
        foreach (var (stamp, isRight) in views)
        {
            if (!isRight)
                continue;
            _delays.Add(stamp - since);
            return;
        }
    }
}

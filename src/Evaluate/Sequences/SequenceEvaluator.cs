using FaceAttributes.Evaluation.Metrics;
using FaceAttributes.Evaluation.Prediction;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Sequences;

/// <summary>What was measured of one program on the sequences of one set at one rate.</summary>
internal sealed record SequenceFigures
{
    /// <summary>The set; "all" for all of them together.</summary>
    public required string Set { get; init; }

    /// <summary>Images a second.</summary>
    public required double Rate { get; init; }

    /// <summary>The program.</summary>
    public required string Loop { get; init; }

    /// <summary>True faces in all images.</summary>
    public required int Faces { get; init; }

    /// <summary>See <see cref="ClearMot.Recall"/>.</summary>
    public required double Recall { get; init; }

    /// <summary>See <see cref="ClearMot.Precision"/>.</summary>
    public required double Precision { get; init; }

    /// <summary>See <see cref="ClearMot.IdSwitches"/>.</summary>
    public required int IdSwitches { get; init; }

    /// <summary>See <see cref="ClearMot.Fragmentations"/>.</summary>
    public required int Fragmentations { get; init; }

    /// <summary>See <see cref="ClearMot.Accuracy"/>.</summary>
    public required double Mota { get; init; }

    /// <summary>See <see cref="IdentityScore.F1"/>.</summary>
    public required double Idf1 { get; init; }

    /// <summary>See <see cref="HigherOrderAccuracy.Value"/>.</summary>
    public required double Hota { get; init; }

    /// <summary>See <see cref="LabelStability.FlickersPerMinute"/>.</summary>
    public required double FlickersPerMinute { get; init; }

    /// <summary>See <see cref="LabelStability.MedianDelay"/>, in seconds; null without changes, or where most are never shown.</summary>
    public double? LabelDelay { get; init; }

    /// <summary>Share of the changes of an emotion that the label shows within half a second; null without changes.</summary>
    public double? ShownWithinHalfASecond { get; init; }
}

/// <summary>Lets programs look at sequences, and measures what they say.</summary>
internal static class SequenceEvaluator
{
    /// <summary>Intersection over union of a true face and a track from which on the track is on the face.</summary>
    public const double MinOverlap = 0.4;

    private const string AllSets = "all";

    /// <summary>Measures.</summary>
    /// <param name="photographs">What the sequences are made of.</param>
    /// <param name="sets">The sets.</param>
    /// <param name="rates">Images a second.</param>
    /// <param name="createLoops">Creates the programs, for each worker its own ones.</param>
    /// <param name="progress">Gets a line for each set and rate.</param>
    /// <returns>By set, then by rate, then by program; where there are several sets, last all of them together.</returns>
    public static IReadOnlyList<SequenceFigures> Run(
        PhotographFolder photographs, IReadOnlyList<SequenceSet> sets, IReadOnlyList<double> rates,
        Func<IReadOnlyList<IFaceLoop>> createLoops, TextWriter progress)
    {
        using var workers = new WorkerPool<Worker>(() => new Worker(createLoops()));
        var order = new List<(string Set, double Rate, string Loop)>();
        var measures = new Dictionary<(string Set, double Rate, string Loop), Measures>();
        foreach (var set in sets)
        {
            foreach (var rate in rates)
            {
                progress.WriteLine($"{set.Name} at {rate} Hz");
                Sequence[] sequences = [.. Enumerable.Range(0, SequenceSet.Count).Select(number => set.Make(photographs, number, rate))];
                foreach (var (loop, images) in workers.Map(sequences, (worker, sequence) => worker.Watch(sequence)).SelectMany(watched => watched))
                {
                    Of(set.Name, rate, loop).Add(images);
                    if (sets.Count > 1)
                        Of(AllSets, rate, loop).Add(images);
                }
            }
        }

        return [.. order.OrderBy(key => key.Set == AllSets).Select(key => measures[key].Figures(key.Set, key.Rate, key.Loop))];

        Measures Of(string set, double rate, string loop)
        {
            if (!measures.TryGetValue((set, rate, loop), out var found))
            {
                order.Add((set, rate, loop));
                measures[(set, rate, loop)] = found = new Measures();
            }

            return found;
        }
    }

    /// <summary>
    /// What is measured of an image: faces that are hardly visible need not be found, and tracks on them are neither right nor wrong.
    /// </summary>
    /// <param name="stamp">The image's time in seconds.</param>
    /// <param name="faces">The faces, with the share of each that is visible.</param>
    /// <param name="tracks">What a program found.</param>
    public static TrackedImage Judge(
        double stamp, IReadOnlyList<(TrueFace Face, double Visible)> faces, IReadOnlyList<TrackedFace> tracks)
    {
        var overlaps = new TrackedImage(stamp, [.. faces.Select(item => item.Face)], tracks).Overlaps();
        for (var i = 0; i < faces.Count; i++)
        {
            for (var j = 0; j < tracks.Count; j++)
            {
                if (overlaps[i, j] < MinOverlap)
                    overlaps[i, j] = 0;
            }
        }

        var ignored = BestPairs.Of(overlaps).Zip(faces)
            .Where(item => item.Second.Visible < SequenceRenderer.MinVisible).Select(item => item.First).ToHashSet();
        return new TrackedImage(
            stamp,
            [.. faces.Where(item => item.Visible >= SequenceRenderer.MinVisible).Select(item => item.Face)],
            [.. tracks.Where((_, track) => !ignored.Contains(track))]);
    }

    private sealed class Measures
    {
        private readonly ClearMot _clear = new(MinOverlap);
        private readonly IdentityScore _identity = new(MinOverlap);
        private readonly HigherOrderAccuracy _hota = new();
        private readonly LabelStability _labels = new();

        public void Add(IReadOnlyList<TrackedImage> sequence)
        {
            _labels.Add(sequence, _clear.Add(sequence));
            _identity.Add(sequence);
            _hota.Add(sequence);
        }

        public SequenceFigures Figures(string set, double rate, string loop) => new()
        {
            Set = set,
            Rate = rate,
            Loop = loop,
            Faces = _clear.Found + _clear.Missed,
            Recall = _clear.Recall,
            Precision = _clear.Precision,
            IdSwitches = _clear.IdSwitches,
            Fragmentations = _clear.Fragmentations,
            Mota = _clear.Accuracy,
            Idf1 = _identity.F1,
            Hota = _hota.Value,
            FlickersPerMinute = _labels.FlickersPerMinute,
            LabelDelay = _labels.MedianDelay is { } delay && double.IsFinite(delay) ? delay : null,
            ShownWithinHalfASecond = _labels.ShownWithin(0.5),
        };
    }

    private sealed class Worker(IReadOnlyList<IFaceLoop> loops) : IDisposable
    {
        private readonly SequenceRenderer _renderer = new();
        private readonly ImageFrame _frame = new();
        private readonly Mat _picture = new();

        public (string Loop, TrackedImage[] Images)[] Watch(Sequence sequence)
        {
            (string Loop, TrackedImage[] Images)[] watched = [.. loops.Select(loop => (loop.Name, new TrackedImage[sequence.Stamps.Count]))];
            foreach (var loop in loops)
                loop.Reset();
            foreach (var (i, stamp) in sequence.Stamps.Index())
            {
                _renderer.Draw(sequence, i, _picture);
                _frame.Set(_picture);
                var faces = _renderer.Faces(sequence, i);
                foreach (var (loop, (_, images)) in loops.Zip(watched))
                    images[i] = Judge(stamp, faces, loop.Process(_frame, stamp));
            }

            return watched;
        }

        public void Dispose()
        {
            foreach (var loop in loops)
                loop.Dispose();
            _renderer.Dispose();
            _frame.Dispose();
            _picture.Dispose();
        }
    }
}

using System.Globalization;
using FaceAttributes.Evaluation.Danger;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Prediction;
using FaceAttributes.Evaluation.Reporting;
using FaceAttributes.Evaluation.Sentences;
using OpenCvSharp;
using Situations;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Evaluation;

/// <summary>How much processor time a picture takes, in milliseconds: medians.</summary>
/// <param name="Look">Resizing, encoder and danger.</param>
/// <param name="Greedy">The sentence, one word after the other.</param>
/// <param name="Beam">The sentence by the beam.</param>
/// <param name="AllocatedPerWord">Managed bytes for each word of the sentences, once the networks have run.</param>
/// <param name="Processor">Its name.</param>
internal sealed record SituationTimes(double Look, double Greedy, double Beam, double AllocatedPerWord, string Processor);

/// <summary>All that is measured of a model of situations.</summary>
internal sealed record SituationFigures(
    string Model, IReadOnlyList<SentenceFigures> Sentences, IReadOnlyList<DangerFigures> Danger, IReadOnlyList<DangerFigures> Classes,
    IReadOnlyList<DangerFigures> Sources, IReadOnlyList<DangerFigures> Changed, double CategoryAccuracy, QuietRooms Rooms, SituationTimes Times);

/// <summary>The command <c>evaluate situations</c>: arguments in, report out.</summary>
internal static class SituationsCommand
{
    /// <summary>How the command is used.</summary>
    public const string Usage =
        """
        evaluate situations MODEL.yaml --data DIR [--pictures DIR] [--wordnet DIR] [--beam N,...] [--split selection|test]
                            [--limit N] [--json FILE] [--sentences FILE]
        evaluate situations MODEL.yaml --show DIR --sheet FILE
        evaluate situations MODEL.yaml --explain PICTURE --sheet FILE

        Measures a model that puts pictures into sentences and estimates danger, or shows what it says of some and why.

          --data DIR       flickr8k/ and situations/, laid out as models/training/situations/README.md says
          --pictures DIR   Flickr8k's JPEGs; without, no sentences are measured
          --wordnet DIR    WordNet's files index.*, data.*, *.exc, for METEOR: /usr/share/wordnet, of Debian's wordnet-base, by default
          --beam N,...     the beams that are measured beside the greedy sentences; 3,5 by default; the last one is timed
          --split          test (the default): the pictures for the report; selection: those to choose on
          --limit N        only the first N pictures of each set, to try something
          --json FILE      where to write all figures
          --sentences FILE where to write each picture's sentences
          --show DIR       pictures that are shown with what is said of them
          --explain FILE   a picture that is shown with what in it speaks for the danger and for each word
          --sheet FILE     where to draw them: JPEG or PNG
        """;

    private const int Timed = 60;

    private static readonly string[] Names = ["--data", "--pictures", "--wordnet", "--beam", "--split", "--limit", "--json", "--sentences", "--show", "--explain", "--sheet"];

    private static readonly (string Name, Action<Mat> Change)[] Changes =
    [
        ("in the dark: a quarter of the light", picture => picture.ConvertTo(picture, picture.Type(), 0.25)),
        ("blurred: Gaussian, 1.5% of the width", picture => Cv2.GaussianBlur(picture, picture, default, 0.015 * picture.Width)),
        ("small: a quarter of the pixels each way", picture =>
        {
            using var small = picture.Resize(new Size(), 0.25, 0.25, InterpolationFlags.Area);
            Cv2.Resize(small, picture, picture.Size());
        }),
    ];

    /// <summary>Measures what the arguments ask for.</summary>
    /// <param name="arguments">Those behind <c>situations</c>.</param>
    /// <param name="output">For the report.</param>
    /// <param name="progress">For a line for each step.</param>
    /// <exception cref="EvaluationException">An argument is wrong, or a file is missing or damaged.</exception>
    /// <exception cref="ModelException">The networks cannot be used.</exception>
    public static void Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter progress)
    {
        var (model, values) = CommandLine.Read(arguments, Names);
        var manifest = SituationManifest.Load(model
            ?? throw new EvaluationException("No model is named; name its manifest, such as models/situation.yaml."));
        if (values.ContainsKey("--show") || values.ContainsKey("--explain"))
        {
            var sheet = values.GetValueOrDefault("--sheet")
                ?? throw new EvaluationException("--show or --explain is given but not where to draw the pictures; name a file with --sheet.");
            using var describer = new SituationDescriber(manifest);
            if (values.TryGetValue("--show", out var shown))
                SituationsSheet.Draw(describer, shown, sheet);
            else
                SituationsSheet.Explain(describer, values["--explain"], sheet);
            return;
        }

        var data = values.GetValueOrDefault("--data") ?? throw new EvaluationException("No data folder is named; name it with --data.");
        int[] beams = [.. values.GetValueOrDefault("--beam", "3,5").Split(',').Select(text => ParseNumber("--beam", text, SituationDescriber.MaxBeamWidth))];
        var limit = values.TryGetValue("--limit", out var text) ? ParseNumber("--limit", text, int.MaxValue) : int.MaxValue;
        var split = values.GetValueOrDefault("--split", "test") switch
        {
            "test" => Split.Test,
            "selection" => Split.Selection,
            var other => throw new EvaluationException($"--split is '{other}'; it must be selection or test."),
        };
        using var json = values.TryGetValue("--json", out var path) ? new OutputFile(path, "--json") : null;
        using var sentences = values.TryGetValue("--sentences", out var list) ? new OutputFile(list, "--sentences") : null;
        var captioned = values.TryGetValue("--pictures", out var pictures)
            ? CaptionData.Read(data, pictures, split).Take(limit).ToArray() : [];
        var dangers = DangerPicture.Read(data, split, out var trained).Take(limit).ToArray();
        var meteor = captioned.Length > 0 ? new Meteor(new WordNet(values.GetValueOrDefault("--wordnet", "/usr/share/wordnet"))) : null;

        using var workers = new WorkerPool<Worker>(() => new Worker(manifest));
        progress.WriteLine($"{captioned.Length} pictures with sentences");
        var described = workers.Map(captioned, (worker, picture) => worker.Describe(picture.Path, beams));
        progress.WriteLine($"{dangers.Length} pictures of situations");
        var answers = workers.Map(dangers, (worker, picture) => worker.Estimate(picture, null));
        var changed = Changes.Select(change => DangerFigures.Of(
            change.Name, workers.Map(dangers, (worker, picture) => worker.Estimate(picture, change.Change)))).ToArray();
        DangerPicture[] rooms = [.. dangers.Where(picture => !picture.IsDangerous && QuietRooms.Sources.Contains(picture.Source))];
        progress.WriteLine($"{rooms.Length} pictures of rooms");
        var figures = new SituationFigures(
            manifest.Name, MeasureSentences(captioned, described, beams, meteor),
            MeasureDanger(dangers, answers, described, trained),
            [.. OfGroups(dangers, answers, picture => picture.Class)],
            [.. OfGroups(dangers, answers, picture => picture.Source + (trained.Contains(picture.Source) ? "" : " (test only)"))],
            changed, CategoryAccuracy(dangers, answers), QuietRooms.Of(workers.Map(rooms, (worker, picture) => worker.Watch(picture))),
            workers.Map([0], (worker, _) => worker.Time(dangers, beams[^1]))[0]);
        output.Write(SituationsReport.Write(figures));
        if (sentences is not null)
        {
            using (var writer = new StreamWriter(sentences.Stream, leaveOpen: true))
            {
                writer.NewLine = "\n";
                for (var i = 0; i < described.Length; i++)
                    writer.WriteLine($"{Path.GetFileName(captioned[i].Path)}\t{string.Join('\t', described[i].Sentences.Select(words => string.Join(' ', words)))}");
            }

            sentences.Commit();
        }

        if (json is null)
            return;
        JsonReport.Write(figures, json.Stream);
        json.Commit();
    }

    private static SentenceFigures[] MeasureSentences(CaptionedPicture[] pictures, Description[] described, int[] beams, Meteor? meteor)
    {
        if (pictures.Length == 0)
            return [];
        IReadOnlyList<string[]>[] references = [.. pictures.Select(picture => picture.Sentences)];
        return
        [
            SentenceFigures.Of("greedy", [.. described.Select(found => found.Sentences[0])], references, meteor),
            .. beams.Select((beam, i) => SentenceFigures.Of($"beam of {beam}", [.. described.Select(found => found.Sentences[i + 1])], references, meteor)),
        ];
    }

    private static DangerFigures[] MeasureDanger(
        DangerPicture[] pictures, DangerAnswer[] answers, Description[] described, HashSet<string> trained)
    {
        var pairs = pictures.Zip(answers).ToArray();
        DangerAnswer[] seen = [.. pairs.Where(pair => trained.Contains(pair.First.Source)).Select(pair => pair.Second)];
        DangerAnswer[] unseen = [.. pairs.Where(pair => !trained.Contains(pair.First.Source)).Select(pair => pair.Second)];
        var figures = new List<DangerFigures>();
        if (described.Length > 0)
        {
            figures.Add(DangerFigures.Of(
                "dangerous ones against Flickr8k's", [.. answers.Where(answer => answer.IsDangerous), .. described.Select(found => found.Danger)]));
        }

        figures.Add(DangerFigures.Of("all situations", answers));
        if (seen.Length > 0 && unseen.Length > 0)
        {
            figures.Add(DangerFigures.Of("sources with training pictures", seen));
            figures.Add(DangerFigures.Of("sources that are in test only", unseen));
        }

        return [.. figures];
    }

    private static IEnumerable<DangerFigures> OfGroups(DangerPicture[] pictures, DangerAnswer[] answers, Func<DangerPicture, string> group) =>
        pictures.Zip(answers).GroupBy(pair => group(pair.First), pair => pair.Second).OrderBy(found => found.Key, StringComparer.Ordinal)
            .Select(found => DangerFigures.Of(found.Key, [.. found]));

    /// <summary>Of the dangerous pictures, the share whose most probable danger is the right one.</summary>
    private static double CategoryAccuracy(DangerPicture[] pictures, DangerAnswer[] answers)
    {
        var dangerous = pictures.Zip(answers).Where(pair => pair.First.IsDangerous).ToArray();
        return dangerous.Length == 0 ? 0 : dangerous.Average(pair => pair.Second.Category == CategoryOf(pair.First.Class) ? 1.0 : 0);
    }

    private static string CategoryOf(string name) => name switch
    {
        "fallen" => "fallen person",
        "fire" or "smoke" => "fire or smoke",
        "gun" or "knife" => "weapon",
        "crash" => "accident",
        _ => name,
    };

    private static int ParseNumber(string option, string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new EvaluationException($"{option} is '{text}'; it must be a whole number from 1{(most == int.MaxValue ? "" : $" to {most}")}.");

    /// <summary>What is said of a picture: greedily, and by each beam.</summary>
    private sealed record Description(string[][] Sentences, DangerAnswer Danger);

    private sealed class Worker(SituationManifest manifest) : IDisposable
    {
        private readonly SituationDescriber _describer = new(manifest);
        private readonly ImageFrame _frame = new();

        public Description Describe(string path, int[] beams)
        {
            try
            {
                _frame.Load(path);
            }
            catch (ImageException e)
            {
                throw new EvaluationException($"{e.Message.TrimEnd('.')}; fetch the data set again.", e);
            }

            _describer.Look(_frame);
            var danger = Answer(isDangerous: false);
            return new Description([Sentence(1), .. beams.Select(Sentence)], danger);
        }

        public DangerAnswer Estimate(DangerPicture picture, Action<Mat>? change)
        {
            using var pixels = Decode(picture);
            change?.Invoke(pixels);
            _frame.Set(pixels);
            _describer.Look(_frame);
            _frame.Clear();
            return Answer(picture.IsDangerous);
        }

        private static Mat Decode(DangerPicture picture) => new JpegPicture(picture.Jpeg, "A picture of the situations").Decode();

        /// <summary>Alerts within a minute.</summary>
        public int Watch(DangerPicture picture)
        {
            using var pixels = Decode(picture);
            return QuietRooms.Watch(_describer, _frame, pixels);
        }

        public SituationTimes Time(DangerPicture[] pictures, int beam)
        {
            var times = new List<(double Look, double Greedy, double Beam)>();
            foreach (var picture in pictures.Take(Timed))
            {
                _frame.SetCompressed(picture.Jpeg, "bgr8; jpeg");
                times.Add((Measure(() => _describer.Look(_frame)), Measure(() => Sentence(1)), Measure(() => Sentence(beam))));
            }

            var words = 0;
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Timed; i++)
            {
                _describer.Describe();
                words += _describer.Sentence.Count;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            return new SituationTimes(
                Median(times.Select(time => time.Look)), Median(times.Select(time => time.Greedy)), Median(times.Select(time => time.Beam)),
                (double)allocated / Math.Max(1, words), SpeedTest.Processor());
        }

        public void Dispose()
        {
            _describer.Dispose();
            _frame.Dispose();
        }

        private DangerAnswer Answer(bool isDangerous) =>
            new(_describer.Danger.Probability, _describer.Danger.Label, _describer.Danger.Category, isDangerous);

        private string[] Sentence(int beam)
        {
            _describer.BeamWidth = beam;
            _describer.Describe();
            return [.. Enumerable.Range(0, _describer.Sentence.Count).Select(_describer.Sentence.Word)];
        }

        private static double Measure(Action work)
        {
            // Processor time, which is what it takes on a core of its own, and says the same where the machine is busy.
            var before = Environment.CpuUsage.TotalTime;
            work();
            return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
        }

        private static double Median(IEnumerable<double> values)
        {
            double[] ordered = [.. values.Order()];
            return ordered.Length == 0 ? 0 : ordered[ordered.Length / 2];
        }
    }
}

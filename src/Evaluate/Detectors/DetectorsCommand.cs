using System.Diagnostics;
using System.Globalization;
using FaceAttributes.Detection;
using FaceAttributes.Evaluation.Prediction;
using FaceAttributes.Evaluation.Reporting;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Detectors;

/// <summary><c>evaluate detectors</c>: detectors side by side on pictures whose faces people have marked.</summary>
internal sealed class DetectorsCommand
{
    /// <summary>How it is used.</summary>
    public const string Usage =
        """
        evaluate detectors --data DIR [--detector NAME,...] [--light SHARE] [--tilt DEGREES] [--brighten true|false]

        Measures detectors on the pictures of DIR, whose faces DIR/faces.csv marks: name,x,y,width,height in pixels, and maybe
        ignore and group. Prints recall by size of face and by group, precision at an intersection over union of 0.4, and the median time for a picture
        on one thread, as a table in Markdown.

          --detector     as above, several with commas; haar and models/ultraface.yaml by default
          --light SHARE  with so much of the light, such as 0.15
          --tilt DEGREES with the pictures turned clockwise by so much
          --brighten     whether dark pictures are brightened, as the node does by default (true)
        """;

    private static readonly string[] Names = ["--data", "--detector", "--light", "--tilt", "--brighten"];

    private readonly IReadOnlyList<MarkedPicture> _pictures;
    private readonly DetectorChoice[] _detectors;
    private readonly PictureChange _change;
    private readonly bool _brighten;

    private DetectorsCommand(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (!Names.Contains(arguments[i]))
                throw new EvaluationException($"'{arguments[i]}' is unknown after detectors; known are {string.Join(", ", Names)}.");
            if (i + 1 == arguments.Count || !values.TryAdd(arguments[i], arguments[i + 1]))
                throw new EvaluationException($"The option {arguments[i]} needs one value.");
        }

        _pictures = PictureSet.Read(values.GetValueOrDefault("--data")
            ?? throw new EvaluationException("No folder of pictures is named; name it with --data."));
        _detectors = [.. values.GetValueOrDefault("--detector", "haar,models/ultraface.yaml").Split(',').Select(DetectorChoice.Parse)];
        _change = new PictureChange(
            Number(values, "--light", otherwise: 1, least: 0.001, most: 10), Number(values, "--tilt", otherwise: 0, least: -180, most: 180));
        var brighten = values.GetValueOrDefault("--brighten", "true");
        if (!bool.TryParse(brighten, out _brighten))
            throw new EvaluationException($"--brighten is '{brighten}'; it must be true or false.");
    }

    /// <summary>Measures and prints.</summary>
    /// <param name="arguments">What follows the word <c>detectors</c>.</param>
    /// <param name="output">For the table.</param>
    /// <param name="progress">For a line a detector.</param>
    /// <exception cref="EvaluationException">The arguments, the table or a picture is wrong.</exception>
    public static void Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter progress) =>
        new DetectorsCommand(arguments).Run(output, progress);

    private void Run(TextWriter output, TextWriter progress)
    {
        List<(DetectorChoice Detector, DetectorFigures Figures)> measured = [];
        foreach (var detector in _detectors)
        {
            progress.WriteLine($"{detector}: {_pictures.Count} pictures");
            measured.Add((detector, Measure(detector)));
        }

        var faces = measured[0].Figures.Faces;
        var sizes = DetectorFigures.SizesFrom;
        string[] groups =
        [
            .. sizes.Select((from, i) => i == 0 ? $"below {sizes[1]} px" : i + 1 < sizes.Count ? $"{from} to {sizes[i + 1]}" : $"from {from}"),
        ];
        var others = measured[0].Figures.Groups;
        var table = new MarkdownTable(
            [
                "recall of faces", .. groups.Zip(faces, (name, count) => $"{name} ({count})"), .. others.Select(other => $"{other.Key} ({other.Value.Faces})"),
                $"all ({faces.Sum()})", "precision", "ms",
            ]);
        foreach (var (detector, figures) in measured)
        {
            table.Row(
                [
                    detector.ToString(), .. figures.RecallBySize
                        .Concat(others.Keys.Select(other => (double)figures.Groups[other].Found / figures.Groups[other].Faces)).Append(figures.Recall).Append(figures.Precision)
                        .Select(share => double.IsNaN(share) ? string.Empty : Format.Percent(share)),
                    Format.Number(figures.Milliseconds, 1),
                ]);
        }

        output.Write(table);
    }

    private DetectorFigures Measure(DetectorChoice choice)
    {
        using var detector = _brighten ? new BrighteningDetector(choice.Create()) : choice.Create();
        using var frame = new ImageFrame();
        var figures = new DetectorFigures();
        List<FaceDetection> detections = [];
        foreach (var (path, marked) in _pictures)
        {
            using var picture = PictureFile.Read(path, ImreadModes.Color);
            if (picture.Empty())
                throw new EvaluationException($"{path} is no picture that OpenCV can read; put it there, or take its rows out of faces.csv.");
            _change.Apply(picture);
            frame.Set(picture);
            detector.Detect(frame, detections); // The first picture of a size makes room for it.
            frame.Set(picture);
            var start = Stopwatch.GetTimestamp();
            detector.Detect(frame, detections);
            var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            figures.Add([.. marked.Select(face => _change.Apply(face, picture.Width, picture.Height))], detections, milliseconds);
        }

        return figures;
    }

    private static double Number(Dictionary<string, string> values, string option, double otherwise, double least, double most)
    {
        if (!values.TryGetValue(option, out var text))
            return otherwise;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new EvaluationException(string.Create(
                CultureInfo.InvariantCulture, $"{option} is '{text}'; it must be a number from {least} to {most}."));
    }
}

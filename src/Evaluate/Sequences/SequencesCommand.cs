using System.Globalization;
using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Detection.Onnx;
using FaceAttributes.Evaluation.Prediction;
using FaceAttributes.Evaluation.Reporting;
using Vision.Inference;

namespace FaceAttributes.Evaluation.Sequences;

/// <summary>The command <c>evaluate sequences</c>: arguments in, report out.</summary>
internal static class SequencesCommand
{
    /// <summary>How the command is used.</summary>
    public const string Usage =
        """
        evaluate sequences [MODEL.yaml] [--data DIR] [--detector NAME] [--full-search S] [--set NAME,...] [--hz N,...]
                           [--json FILE] [--pictures DIR]

        Measures finding, following and labels over time, beside the loop that the project began as: sequences of faces of
        photographs that move along known paths, so that it is known exactly where each face is.

          MODEL.yaml     the network for emotions, of both; the project's `emotion` by default
          --data DIR     photographs besides the two that come with the program: DIR/faces.csv with the columns
                         picture,person,x,y,width,height,emotion,mask; a row for each face (from hairline to chin and cheek
                         to cheek, in pixels; emotion and mask, a picture that is white where the person is, may be
                         empty) and one with empty cells for each background
          --detector     what finds the faces: haar, or a network's manifest, or that and its input's size as
                         MANIFEST@SIZE; the node's default, ultraface, by default
          --full-search  seconds from one search of the whole image to the next, with faces looked for near tracks in
                         between; 0.1 by default, 0 for each image
          --set          which sets; all by default
          --hz           images a second; 5,10,30 by default
          --json FILE    where to write all figures
          --pictures DIR where to draw four moments of the first sequence of each set, at the last of the rates
        """;

    private static readonly string[] Names = ["--data", "--detector", "--full-search", "--set", "--hz", "--json", "--pictures"];

    /// <summary>Measures what the arguments ask for.</summary>
    /// <param name="arguments">Those behind <c>sequences</c>.</param>
    /// <param name="output">For the report.</param>
    /// <param name="progress">For a line for each set and rate.</param>
    /// <exception cref="EvaluationException">An argument is wrong, or a file is missing or damaged.</exception>
    /// <exception cref="ModelException">The network cannot be used.</exception>
    public static void Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter progress)
    {
        var (model, values) = CommandLine.Read(arguments, Names);
        var manifest = AttributeManifest.Load(model ?? Shipped("emotion"));
        if (manifest.Heads.All(head => head.Attribute != "emotion"))
            throw new EvaluationException($"Model '{manifest.Name}' has no head 'emotion'; name one that has.");
        var detector = DetectorChoice.Parse(values.GetValueOrDefault("--detector") ?? Shipped("ultraface"));
        var fullSearch = values.GetValueOrDefault("--full-search") is { } seconds ? ParseNumber("--full-search", seconds, 0, 60) : FacePipeline.FullSearchSecondsOfCamera;
        SequenceSet[] sets = values.GetValueOrDefault("--set") is { } names
            ? [.. names.Split(',', StringSplitOptions.TrimEntries).Select(FindSet)]
            : [.. SequenceSet.All];
        double[] rates = [.. (values.GetValueOrDefault("--hz") ?? "5,10,30").Split(',').Select(text => ParseNumber("--hz", text, 1, 100))];
        var photographs = PhotographFolder.Read(values.GetValueOrDefault("--data"));
        var folder = values.GetValueOrDefault("--pictures");
        using var json = values.GetValueOrDefault("--json") is { } path ? new OutputFile(path, "--json") : null;
        if (folder is not null)
            CreateFolder(folder);

        var figures = SequenceEvaluator.Run(
            photographs, sets, rates, () => [new PipelineLoop($"{detector}", CreatePipeline()), new SeedLoop(new AttributeClassifier(manifest))], progress);
        output.Write(SequencesReport.Write(figures, sets));
        if (json is not null)
        {
            JsonReport.Write(figures, json.Stream);
            json.Commit();
        }

        foreach (var set in folder is null ? [] : sets)
        {
            using var pipeline = CreatePipeline();
            PictureSeries.Write(pipeline, set.Make(photographs, 0, rates[^1]), Path.Combine(folder!, set.Name + ".jpg"));
        }

        FacePipeline CreatePipeline() => new(
            new BrighteningDetector(detector.Create(doubtfulScore: OnnxFaceDetectorOptions.TrackedDoubtfulScore)),
            [new AttributeClassifier(manifest)])
        {
            FullSearchSeconds = fullSearch,
            ClassificationOptions = ClassificationOptions.OfCamera with { Budget = null },
        };
    }

    private static string Shipped(string model) => Path.Combine(AppContext.BaseDirectory, "models", model + ".yaml");

    private static SequenceSet FindSet(string name) => SequenceSet.All.FirstOrDefault(set => set.Name == name)
        ?? throw new EvaluationException($"The set '{name}' is unknown; known are {string.Join(", ", SequenceSet.All.Select(set => set.Name))}.");

    private static double ParseNumber(string option, string text, double from, double to) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to
            ? number
            : throw new EvaluationException(FormattableString.Invariant($"{option} has '{text}'; it must be a number from {from} to {to}."));

    private static void CreateFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{path} cannot be made; name another folder with --pictures.", e);
        }
    }
}

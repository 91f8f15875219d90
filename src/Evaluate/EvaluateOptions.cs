using System.Globalization;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Prediction;

namespace FaceAttributes.Evaluation;

/// <summary>What the command line asks for.</summary>
internal sealed record EvaluateOptions
{
    /// <summary>How the command is used.</summary>
    public const string Usage =
        """
        evaluate MODEL.yaml --data DIR [--detector NAME] [--split selection|test] [--only ATTRIBUTE,...] [--limit N] [--json FILE]
        evaluate --boxes FILE --data DIR [--detector NAME] [--limit N]

        The first measures a model with one of the node's detectors, its crop and its runtime, and prints a report in Markdown.
        The second writes the boxes that the detector finds on all faces, and their splits, for training.

          --data DIR     the data sets, laid out as models/training/README.md says
          --detector     haar (the default, with whose boxes the networks were trained), or the manifest of a detector's network,
                         also with the size of its input, as models/ultraface.yaml@640; given, it looks at FER-2013 too, whose
                         pictures are a detector's boxes already
          --split        test (the default): the faces for the report; selection: those to choose on
          --only         heads to measure, by attribute; all by default
          --limit N      only the first N faces of each set and split, to try something
          --json FILE    where to write all figures
          --boxes FILE   where to write the boxes: a CSV file set,row,split,x,y,width,height,found
        """;

    private static readonly string[] Names = ["--data", "--split", "--only", "--limit", "--json", "--boxes", "--detector"];

    /// <summary>The manifest; empty where boxes are to be written.</summary>
    public required string Model { get; init; }

    /// <summary>The folder of the data sets.</summary>
    public required string Data { get; init; }

    /// <summary>Which faces.</summary>
    public Split Split { get; init; } = Split.Test;

    /// <summary>The attributes to measure; null: all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>Faces of each set at most; null: all.</summary>
    public int? Limit { get; init; }

    /// <summary>Where to write the figures; null: nowhere.</summary>
    public string? Json { get; init; }

    /// <summary>Where to write the detector's boxes; null: a model is measured.</summary>
    public string? Boxes { get; init; }

    /// <summary>Finds the faces; null: the cascade, where faces are to be found.</summary>
    public DetectorChoice? Detector { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="EvaluationException">It is wrong.</exception>
    public static EvaluateOptions Parse(IReadOnlyList<string> arguments)
    {
        var (model, values) = CommandLine.Read(arguments, Names);
        var boxes = values.GetValueOrDefault("--boxes");
        if (boxes is not null && (model ?? values.Keys.FirstOrDefault(IsOfModels)) is { } superfluous)
            throw new EvaluationException($"'{superfluous}' says how to measure a model; with --boxes leave it out.");

        return new EvaluateOptions
        {
            Boxes = boxes,
            Model = model ?? (boxes is not null
                ? string.Empty
                : throw new EvaluationException("No model is named; name its manifest, such as models/emotion.yaml.")),
            Data = values.GetValueOrDefault("--data")
                ?? throw new EvaluationException("No data folder is named; name it with --data."),
            Split = values.GetValueOrDefault("--split") switch
            {
                null or "test" => Split.Test,
                "selection" => Split.Selection,
                var other => throw new EvaluationException($"--split is '{other}'; it must be selection or test."),
            },
            Only = values.GetValueOrDefault("--only")?.Split(',', StringSplitOptions.TrimEntries),
            Limit = values.GetValueOrDefault("--limit") is { } limit ? ParseLimit(limit) : null,
            Detector = values.GetValueOrDefault("--detector") is { } detector ? DetectorChoice.Parse(detector) : null,
            Json = values.GetValueOrDefault("--json"),
        };
    }

    private static bool IsOfModels(string option) => option is "--split" or "--only" or "--json";

    private static int ParseLimit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? limit
            : throw new EvaluationException($"--limit is '{text}'; it must be a whole number from 1.");
}

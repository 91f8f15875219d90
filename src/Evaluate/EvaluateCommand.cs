using FaceAttributes.Evaluation.Detectors;
using FaceAttributes.Evaluation.Prediction;
using FaceAttributes.Evaluation.Reporting;
using FaceAttributes.Evaluation.Sequences;
using Vision;
using Vision.Inference;

namespace FaceAttributes.Evaluation;

/// <summary>The command: arguments in, report and exit code out.</summary>
internal static class EvaluateCommand
{
    /// <summary>Measures what the arguments ask for.</summary>
    /// <param name="arguments">See <see cref="EvaluateOptions.Usage"/> and <see cref="SequencesCommand.Usage"/>.</param>
    /// <param name="output">For the report.</param>
    /// <param name="errors">For progress, and the sentence that says what is wrong.</param>
    /// <returns>The exit code: 0, or 1 if something is wrong.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (arguments.Contains("--help"))
        {
            output.WriteLine(EvaluateOptions.Usage);
            output.WriteLine();
            output.WriteLine(DetectorsCommand.Usage);
            output.WriteLine();
            output.WriteLine(SequencesCommand.Usage);
            output.WriteLine();
            output.WriteLine(SituationsCommand.Usage);
            return 0;
        }

        try
        {
            if (arguments is ["sequences", ..])
            {
                SequencesCommand.Run([.. arguments.Skip(1)], output, errors);
                return 0;
            }

            if (arguments is ["detectors", ..])
            {
                DetectorsCommand.Run([.. arguments.Skip(1)], output, errors);
                return 0;
            }

            if (arguments is ["situations", ..])
            {
                SituationsCommand.Run([.. arguments.Skip(1)], output, errors);
                return 0;
            }

            var options = EvaluateOptions.Parse(arguments);
            if (options.Boxes is { } boxes)
                WriteBoxes(options, boxes, errors);
            else
                Measure(options, output, errors);
            return 0;
        }
        catch (Exception e) when (Describe(e) is not null)
        {
            errors.WriteLine(Describe(e));
            return 1;
        }
    }

    private static void WriteBoxes(EvaluateOptions options, string path, TextWriter progress)
    {
        using var file = new OutputFile(path, "--boxes");
        using (var text = new StreamWriter(file.Stream, leaveOpen: true))
            BoxTable.Write(options.Data, options.Detector ?? DetectorChoice.Haar, options.Limit ?? int.MaxValue, text, progress);
        file.Commit();
    }

    private static void Measure(EvaluateOptions options, TextWriter output, TextWriter progress)
    {
        using var json = options.Json is { } path ? new OutputFile(path, "--json") : null;
        var figures = new Evaluator(options, progress).Run();
        output.Write(MarkdownReport.Write(figures));
        if (json is null)
            return;
        JsonReport.Write(figures, json.Stream);
        json.Commit();
    }

    private static string? Describe(Exception error) =>
        NativeLibraries.DescribeMissing(error)
        ?? (error is EvaluationException or ModelException or FileNotFoundException or InvalidDataException
            ? error.Message
            : null);
}

using FaceAttributes.Evaluation.Reporting;
using FaceAttributes.Shared;
using Vision.Inference;

namespace FaceAttributes.Evaluation;

/// <summary>The command: arguments in, report and exit code out.</summary>
internal static class EvaluateCommand
{
    /// <summary>Measures what the arguments ask for.</summary>
    /// <param name="arguments">See <see cref="EvaluateOptions.Usage"/>.</param>
    /// <param name="output">For the report.</param>
    /// <param name="errors">For progress, and the sentence that says what is wrong.</param>
    /// <returns>The exit code: 0, or 1 if something is wrong.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (arguments.Contains("--help"))
        {
            output.WriteLine(EvaluateOptions.Usage);
            return 0;
        }

        try
        {
            var options = EvaluateOptions.Parse(arguments);
            using var json = options.Json is { } path ? new JsonFile(path) : null;
            var figures = new Evaluator(options, errors).Run();
            output.Write(MarkdownReport.Write(figures));
            json?.Write(figures);
            return 0;
        }
        catch (Exception e) when (Describe(e) is not null)
        {
            errors.WriteLine(Describe(e));
            return 1;
        }
    }

    private static string? Describe(Exception error) =>
        OpenCvLibrary.DescribeMissing(error)
        ?? (error is EvaluationException or ModelException or FileNotFoundException or InvalidDataException
            ? error.Message
            : null);
}

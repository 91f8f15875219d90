using System.Text;
using FaceAttributes.Evaluation.Heads;

namespace FaceAttributes.Evaluation.Reporting;

/// <summary>All figures of a model, for people.</summary>
internal static class MarkdownReport
{
    /// <summary>Writes them.</summary>
    public static string Write(ModelFigures figures)
    {
        List<string> parts =
        [
            $"# {figures.Model}, measured",
            $"""
            Measured on the {figures.Split} split with what the node runs: its crop, ONNX Runtime, and the boxes of its
            detector {figures.Detector}. It looks at each picture enlarged 1.5 times and with its border repeated by 30%; where
            it finds no face, the median box of the set stands in.{(figures.TakesCropsAsBoxes ? " FER-2013's pictures are taken as boxes." : string.Empty)}
            """,
        ];
        if (figures.Limit is { } limit)
            parts.Add($"**Only the first {Format.Count(limit)} faces of each set.**");
        foreach (var head in figures.Heads)
        {
            parts.Add($"## {head.Attribute}");
            parts.Add(Settings(head));
            parts.AddRange(head.Age.SelectMany(AgeSection.Write));
            parts.AddRange(head.Categorical.SelectMany(CategoricalSection.Write));
            parts.Add($"### Worse pictures: {head.Robustness.Set}");
            parts.Add(Robustness(head.Robustness));
        }

        if (figures.NoFaces is { } none)
        {
            parts.Add("## Where there is no face");
            parts.Add("What a detector took for a face in pictures of nobody, most of them of dogs; how often it got an answer that is not unknown.");
            parts.Add(WithoutFaces(none, [.. figures.Heads.Select(head => head.Attribute)]));
        }

        parts.Add("## Size and time");
        parts.Add(Speed(figures));

        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(text.Length == 0 ? string.Empty : "\n").Append(part.TrimEnd('\n')).Append('\n');
        return text.ToString();
    }

    private static string Settings(HeadFigures head)
    {
        var unknown = head switch
        {
            { UnknownBelow: { } below } => $"a face is unknown below a confidence of {Format.Number(below, 2)}",
            { UnknownAbove: { } above } => $"a face is unknown above a standard deviation of {Format.Years(above)}",
            _ => "no face is unknown",
        };
        return $"Temperature {Format.Number(head.Temperature, 2)}; {unknown}.";
    }

    private static string Robustness(RobustnessFigures robustness)
    {
        var isAccuracy = robustness.Measure == "accuracy";
        var measure = isAccuracy ? "accuracy" : "mean absolute error";
        string[] calibration = isAccuracy ? ["expected calibration error"] : [];
        var table = new MarkdownTable(["what is done to them", measure, .. calibration, "not unknown", $"{measure} of these", "n"]);
        foreach (var part in robustness.Corruptions)
        {
            string[] error = part.CalibrationError is { } value ? [Format.Number(value, 3)] : [];
            table.Row([
                part.Name, Measure(part.Value), .. error, Format.Percent(part.Answered.Coverage),
                part.Answered.Value is { } answered ? Measure(answered) : "", Format.Count(part.N)]);
        }

        return table.ToString();

        string Measure(double value) => isAccuracy ? Format.Percent(value) : Format.Years(value);
    }

    private static string WithoutFaces(IReadOnlyList<NoFacesFigures> none, string[] attributes)
    {
        var table = new MarkdownTable(["taken for a face by", .. attributes, "n"]);
        foreach (var part in none)
            table.Row([part.Detection, .. attributes.Select(attribute => Format.Percent(part.Answered[attribute])), Format.Count(part.N)]);
        return table.ToString();
    }

    private static string Speed(ModelFigures figures)
    {
        var table = new MarkdownTable("", "");
        table.Row("file", $"{Format.Count(figures.Bytes)} bytes");
        foreach (var batch in figures.Speed.Batches)
        {
            table.Row(
                batch.Faces == 1 ? "crop and network, one face" : $"crop and network, {batch.Faces} faces at once",
                batch.Faces == 1
                    ? $"{Format.Number(batch.Milliseconds, 2)} ms"
                    : $"{Format.Number(batch.Milliseconds, 2)} ms, {Format.Number(batch.MillisecondsPerFace, 2)} ms a face");
        }

        return $"{table}\nOne core, {figures.Speed.Processor}; medians of {figures.Speed.Runs} runs.";
    }
}

using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Reporting;

/// <summary>The report's section on a choice among classes on one test set.</summary>
internal static class CategoricalSection
{
    /// <summary>Writes it, a paragraph or table at a time.</summary>
    public static IEnumerable<string> Write(CategoricalFigures figures)
    {
        yield return $"### {figures.Set}";
        yield return Summary(figures);
        yield return "Rows: the true class; columns: the answer, in percent of the row.";
        yield return Confusion(figures);
        if (figures.Groups is { } groups)
            yield return MarkdownTable.OfParts("group", "accuracy", groups.Groups, Format.Percent);
        if (figures.Ages is { } ages)
            yield return MarkdownTable.OfParts("age", "accuracy", ages, Format.Percent);
        yield return "Answering only when confident:";
        yield return RiskCoverage(figures.RiskCoverage);
        yield return "Is it right as often as it says?";
        yield return Reliability(figures.Reliability);
    }

    private static string Summary(CategoricalFigures figures)
    {
        var table = new MarkdownTable("", "", "n");
        Headline(table, string.Empty, figures.Headline);
        if (figures.AccuracyWithNeighbours is { } near)
            table.Row("the class before or after counted as right", Format.Percent(near), Format.Count(figures.Headline.N));
        if (figures.WithoutDuplicates is { } unique)
            Headline(table, "without copies of training pictures: ", unique);
        table.Part("accuracy", figures.Boxes?.Found, Format.Percent);
        table.Part("accuracy", figures.Boxes?.Median, Format.Percent);
        if (figures.Boxes is { EndToEnd: { } right } boxes)
        {
            table.Row("face found", Format.Percent(boxes.FoundShare), Format.Count(figures.Headline.N));
            table.Row("face found and right", Format.Percent(right), Format.Count(figures.Headline.N));
        }

        if (figures.Glasses is { } glasses)
        {
            table.Part("accuracy", glasses.With, Format.Percent);
            table.Part("accuracy", glasses.Without, Format.Percent);
            table.Row("glasses against none", Format.Points(glasses.Gap), string.Empty);
        }

        if (figures.Groups is { } groups)
            table.Groups(groups, Format.Percent, Format.Points);
        return table.ToString();
    }

    private static void Headline(MarkdownTable table, string prefix, HeadlineFigures headline)
    {
        var n = Format.Count(headline.N);
        table.Row($"{prefix}accuracy", Format.Percent(headline.Accuracy), n);
        table.Row($"{prefix}balanced accuracy (mean over classes)", Format.Percent(headline.BalancedAccuracy), n);
        table.Row($"{prefix}expected calibration error (15 bins)", Format.Number(headline.ExpectedCalibrationError, 3), n);
        table.Row($"{prefix}not unknown", Format.Percent(headline.Answered.Coverage), n);
        if (headline.Answered.Value is { } right)
            table.Row($"{prefix}accuracy of these", Format.Percent(right), Format.Count(headline.Answered.N));
    }

    private static string Confusion(CategoricalFigures figures)
    {
        var table = new MarkdownTable(["", .. figures.Labels, "n"]);
        foreach (var (truth, row) in figures.Confusion.Index())
        {
            var n = row.Sum();
            if (n == 0)
                continue;
            var cells = row.Select((count, answer) =>
                answer == truth ? $"**{Format.Percent((double)count / n)}**" : Format.Percent((double)count / n));
            table.Row([figures.Labels[truth], .. cells, Format.Count(n)]);
        }

        return table.ToString();
    }

    private static string RiskCoverage(IReadOnlyList<RiskCoveragePoint> points)
    {
        var table = new MarkdownTable("confidence at least", "faces answered", "answers right");
        foreach (var point in points)
        {
            // Every tenth is enough to read; the JSON file has all.
            if (Math.Abs(Math.Round(point.Threshold, 1) - point.Threshold) < 1e-9)
            {
                table.Row(
                    Format.Number(point.Threshold, 1), Format.Percent(point.Coverage), Format.Percent(point.Accuracy));
            }
        }

        return table.ToString();
    }

    private static string Reliability(IReadOnlyList<ReliabilityBin> bins)
    {
        var table = new MarkdownTable("confidence", "mean confidence", "accuracy", "n");
        foreach (var bin in bins)
        {
            if (bin is { Confidence: { } confidence, Accuracy: { } accuracy })
            {
                table.Row(
                    $"{Format.Number(bin.Low, 2)} to {Format.Number(bin.High, 2)}", Format.Percent(confidence),
                    Format.Percent(accuracy), Format.Count(bin.N));
            }
        }

        return table.ToString();
    }
}

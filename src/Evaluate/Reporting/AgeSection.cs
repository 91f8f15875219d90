using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Reporting;

/// <summary>The report's section on an estimate of ages on one test set.</summary>
internal static class AgeSection
{
    /// <summary>Writes it, a paragraph or table at a time.</summary>
    public static IEnumerable<string> Write(AgeFigures figures)
    {
        yield return $"### {figures.Set}";
        yield return Summary(figures);
        yield return ByAge(figures);
        if (figures.Groups is { } groups)
            yield return MarkdownTable.OfParts("group", "mean absolute error", groups.Groups, Format.Years);
    }

    private static string Summary(AgeFigures figures)
    {
        var n = Format.Count(figures.N);
        var table = new MarkdownTable("", "", "n");
        table.Row("mean absolute error", Format.Years(figures.MeanAbsoluteError), n);
        table.Row("at most 5 years off", Format.Percent(figures.WithinFiveYears), n);
        table.Row("at most 10 years off", Format.Percent(figures.WithinTenYears), n);
        table.Row("bias", Format.SignedYears(figures.Bias), n);
        table.Row("within one standard deviation (68.3% expected)", Format.Percent(figures.Deviation.WithinOne), n);
        table.Row("within two standard deviations (95.4% expected)", Format.Percent(figures.Deviation.WithinTwo), n);
        table.Row("mean standard deviation", Format.Years(figures.Deviation.Mean), n);
        table.Row("not unknown", Format.Percent(figures.Answered.Coverage), n);
        if (figures.Answered.Value is { } error)
            table.Row("mean absolute error of these", Format.Years(error), Format.Count(figures.Answered.N));
        table.Part("mean absolute error", figures.Boxes?.Found, Format.Years);
        table.Part("mean absolute error", figures.Boxes?.Median, Format.Years);
        if (figures.Groups is { } groups)
            table.Groups(groups, Format.Years, Format.SignedYears);
        return table.ToString();
    }

    private static string ByAge(AgeFigures figures)
    {
        var table = new MarkdownTable("age", "mean absolute error", "bias", "n");
        foreach (var (error, bias) in figures.Ages.Zip(figures.AgeBias))
            table.Row(error.Name, Format.Years(error.Value), Format.SignedYears(bias.Value), Format.Count(error.N));
        return table.ToString();
    }
}

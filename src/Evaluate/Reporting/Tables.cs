using FaceAttributes.Evaluation.Figures;

namespace FaceAttributes.Evaluation.Reporting;

/// <summary>Tables that several sections have.</summary>
internal static class Tables
{
    /// <summary>A row for each part of a test set.</summary>
    public static string Parts(string kind, string measure, IEnumerable<PartFigures> parts, Func<double, string> format)
    {
        var table = new MarkdownTable(kind, measure, "n");
        foreach (var part in parts)
            table.Row(part.Name, format(part.Value), Format.Count(part.N));
        return table.ToString();
    }

    /// <summary>Adds the worst group and what it is worse than.</summary>
    public static void Groups(
        MarkdownTable table, GroupFigures groups, Func<double, string> format, Func<double, string> formatDifference)
    {
        var worst = groups.Groups.First(group => group.Name == groups.Worst);
        table.Row("mean of the groups", format(groups.Mean), $"{groups.Groups.Count} groups");
        table.Row($"worst group: {worst.Name}", format(worst.Value), Format.Count(worst.N));
        table.Row("worst group against the mean of the groups", formatDifference(groups.WorstMinusMean), string.Empty);
    }
}

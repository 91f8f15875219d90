using System.Globalization;
using System.Text;
using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Reporting;

/// <summary>A table in Markdown.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder _text = new();

    /// <summary>Starts with the heads of the columns.</summary>
    public MarkdownTable(params ReadOnlySpan<string> heads)
    {
        Row(heads);
        foreach (var _ in heads)
            _text.Append("| --- ");
        _text.Append("|\n");
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">As many as there are columns.</param>
    public void Row(params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
            _text.Append("| ").Append(cell).Append(' ');
        _text.Append("|\n");
    }

    /// <summary>Adds a row for a part of a test set, if there is such a part.</summary>
    public void Part(string measure, PartFigures? part, Func<double, string> format)
    {
        if (part is not null)
            Row($"{measure}, {part.Name}", format(part.Value), Format.Count(part.N));
    }

    /// <summary>Adds the worst group and what it is worse than.</summary>
    public void Groups(GroupFigures groups, Func<double, string> format, Func<double, string> formatDifference)
    {
        var worst = groups.Groups.First(group => group.Name == groups.Worst);
        Row("mean of the groups", format(groups.Mean), $"{groups.Groups.Count} groups");
        Row($"worst group: {worst.Name}", format(worst.Value), Format.Count(worst.N));
        Row("worst group against the mean of the groups", formatDifference(groups.WorstMinusMean), string.Empty);
    }

    /// <summary>A row for each part of a test set.</summary>
    public static string OfParts(string kind, string measure, IEnumerable<PartFigures> parts, Func<double, string> format)
    {
        var table = new MarkdownTable(kind, measure, "n");
        foreach (var part in parts)
            table.Row(part.Name, format(part.Value), Format.Count(part.N));
        return table.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}

/// <summary>How figures are written.</summary>
internal static class Format
{
    /// <summary>A share: "67.5%".</summary>
    public static string Percent(double share) => share.ToString("0.0%", CultureInfo.InvariantCulture);

    /// <summary>A difference of two shares: "-5.3 points".</summary>
    public static string Points(double difference) =>
        (100 * difference).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " points";

    /// <summary>An error in years: "5.41 years".</summary>
    public static string Years(double years) => years.ToString("0.00", CultureInfo.InvariantCulture) + " years";

    /// <summary>A difference in years: "+0.31 years".</summary>
    public static string SignedYears(double years) => years.ToString("+0.00;-0.00", CultureInfo.InvariantCulture) + " years";

    /// <summary>A number with so many decimals.</summary>
    public static string Number(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A count: "3,589".</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

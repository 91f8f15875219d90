namespace FaceAttributes.Evaluation.Metrics;

/// <summary>A figure of a part of a test set.</summary>
/// <param name="Name">Which part.</param>
/// <param name="N">How many faces.</param>
/// <param name="Value">Accuracy from 0 to 1, or mean absolute error, as the part's parent says.</param>
internal sealed record PartFigures(string Name, int N, double Value);

/// <summary>How evenly a network treats groups of people.</summary>
/// <param name="Groups">All groups, by name.</param>
/// <param name="Mean">Mean of the groups, each counted once.</param>
/// <param name="Worst">Name of the worst group.</param>
/// <param name="WorstMinusMean">Its distance from the mean: negative for accuracy, positive for errors.</param>
internal sealed record GroupFigures(IReadOnlyList<PartFigures> Groups, double Mean, string Worst, double WorstMinusMean);

/// <summary>The faces that the network, by its manifest, is confident enough of not to answer "unknown".</summary>
/// <param name="N">How many.</param>
/// <param name="Coverage">Their share.</param>
/// <param name="Value">Accuracy on them, or mean absolute error, as the parent says; null if there are none.</param>
internal sealed record AnsweredFigures(int N, double Coverage, double? Value);

/// <summary>What the detector does to a network's figures.</summary>
/// <param name="Found">Where it found the face; null if it found none.</param>
/// <param name="Median">Where the median box stands in; null if it found all.</param>
/// <param name="FoundShare">Share of the faces that it found.</param>
/// <param name="EndToEnd">
/// Share of all faces that it found and that the network got right; null for estimates, which are not right or wrong.
/// </param>
internal sealed record BoxFigures(PartFigures? Found, PartFigures? Median, double FoundShare, double? EndToEnd);

/// <summary>Figures of the parts of a test set.</summary>
internal static class Parts
{
    /// <summary>A figure of one part; null if it is empty.</summary>
    public static PartFigures? Of<T>(string name, IEnumerable<T> faces, Func<IReadOnlyCollection<T>, double> measure)
    {
        T[] part = [.. faces];
        return part.Length == 0 ? null : new PartFigures(name, part.Length, measure(part));
    }

    /// <summary>A figure of each part that is named, in that order, without the empty ones.</summary>
    /// <param name="faces">The faces.</param>
    /// <param name="names">All parts.</param>
    /// <param name="partOf">Which part a face belongs to; null: to none.</param>
    /// <param name="measure">The figure.</param>
    public static PartFigures[] By<T>(
        IEnumerable<T> faces, IEnumerable<string> names, Func<T, string?> partOf,
        Func<IReadOnlyCollection<T>, double> measure)
    {
        var parts = faces.ToLookup(partOf);
        return [.. names.Select(name => Of(name, parts[name], measure)).OfType<PartFigures>()];
    }

    /// <summary>Figures of groups of people; null if the set doesn't say who belongs to which.</summary>
    /// <param name="faces">The faces.</param>
    /// <param name="groupOf">Which group a face belongs to; null: to none.</param>
    /// <param name="measure">The figure.</param>
    /// <param name="highIsBad">Whether the worst group is that of the highest figure.</param>
    public static GroupFigures? Groups<T>(
        IReadOnlyCollection<T> faces, Func<T, string?> groupOf, Func<IReadOnlyCollection<T>, double> measure,
        bool highIsBad = false)
    {
        var names = faces.Select(groupOf).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        var groups = By(faces, names, groupOf, measure);
        if (groups.Length == 0)
            return null;
        var mean = groups.Average(group => group.Value);
        var worst = groups.MinBy(group => highIsBad ? -group.Value : group.Value)!;
        return new GroupFigures(groups, mean, worst.Name, worst.Value - mean);
    }
}

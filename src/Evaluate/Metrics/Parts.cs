using FaceAttributes.Evaluation.Figures;

namespace FaceAttributes.Evaluation.Metrics;

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

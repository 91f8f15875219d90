using System.Collections.Immutable;

namespace FaceAttributes.Evaluation.Data;

/// <summary>A range of ages, as data sets and tables group them.</summary>
/// <param name="Name">Such as "20-29" or "70+".</param>
/// <param name="Low">Youngest age, in years.</param>
/// <param name="High">Oldest age, in years; null: no end.</param>
internal sealed record AgeBand(string Name, int Low, int? High)
{
    /// <summary>The first age, in years, beyond the range; infinite if it has no end.</summary>
    public double End => High is { } high ? high + 1 : double.PositiveInfinity;

    /// <summary>Whether an age in whole years is in the range.</summary>
    public bool Contains(int years) => years >= Low && years < End;
}

/// <summary>The nine age bands of FairFace, in which the ages of UTKFace are shown too.</summary>
internal static class AgeBands
{
    // FairFace's name of the band without an end
    private const string MoreThan70 = "more than 70";

    /// <summary>From the youngest to the oldest; together they hold every age from 0.</summary>
    public static IReadOnlyList<AgeBand> All { get; } =
    [
        new("0-2", 0, 2),
        new("3-9", 3, 9),
        new("10-19", 10, 19),
        new("20-29", 20, 29),
        new("30-39", 30, 39),
        new("40-49", 40, 49),
        new("50-59", 50, 59),
        new("60-69", 60, 69),
        new("70+", 70, null),
    ];

    /// <summary>The names of all of them.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(band => band.Name)];

    /// <summary>The band of an age.</summary>
    /// <param name="years">Whole years, at least 0.</param>
    public static AgeBand Of(int years) => All.First(band => band.Contains(years));

    /// <summary>The band of this name in FairFace; null if there is none.</summary>
    public static AgeBand? Find(string name) =>
        name == MoreThan70 ? All[^1] : All.SkipLast(1).FirstOrDefault(band => band.Name == name);
}

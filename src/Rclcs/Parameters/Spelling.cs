namespace rclcs;

/// <summary>Finds what a misspelt name is likely to mean.</summary>
internal static class Spelling
{
    private static readonly char[] Separators = ['.', '_'];

    /// <summary>
    /// The shortest candidate that has all words of the name, between dots and underscores; else the one with the least Levenshtein distance, or
    /// null where even that has little in common with the name.
    /// </summary>
    public static string? Nearest(string name, IReadOnlyCollection<string> candidates)
    {
        var words = name.Split(Separators);
        if (candidates.Where(candidate => words.All(candidate.Split(Separators).Contains)).MinBy(candidate => candidate.Length) is { } longer)
            return longer;
        var (nearest, least) = candidates
            .Select(candidate => (candidate, Distance(name, candidate)))
            .OrderBy(pair => pair.Item2)
            .FirstOrDefault();
        return nearest is not null && least <= Math.Max(name.Length, nearest.Length) / 3 ? nearest : null;
    }

    /// <summary>How many characters have to be put in, taken out or replaced to get from one text to the other.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}

using System.Text.RegularExpressions;

namespace TestSupport;

/// <summary>
/// Tables of the documentation that are made from the code, between <c>&lt;!-- NAME: made by a test --&gt;</c> and
/// <c>&lt;!-- end --&gt;</c>. With UPDATE_DOCS=1 in the environment the tests that hold them to the code write them instead.
/// </summary>
public static partial class DocumentTable
{
    private const string End = "<!-- end -->";

    /// <summary>Reads a table's rows without its head, each as its cells.</summary>
    /// <param name="file">Path in the repository.</param>
    /// <param name="name">Of the table.</param>
    public static IReadOnlyList<string[]> Read(string file, string name) =>
    [
        .. Find(file, name).Found.Split('\n').Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => BarBetweenCells().Split(line)[1..^1].Select(cell => cell.Trim()).ToArray()),
    ];

    /// <summary>Fails where a table is another than the code says.</summary>
    /// <param name="file">Path in the repository.</param>
    /// <param name="name">Of the table.</param>
    /// <param name="head">What its columns are called.</param>
    /// <param name="rows">The cells of each row.</param>
    public static void AssertIs(string file, string name, string[] head, IEnumerable<string[]> rows)
    {
        var lines = rows.Select(row => Line(row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))));
        var table = string.Concat([Line(head), $"|{string.Concat(head.Select(_ => "---|"))}\n", .. lines]);
        var (before, found, after) = Find(file, name);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, file), before + table + after);
        else
            Assert.That(found, Is.EqualTo(table), $"The table '{name}' of {file} is not what the code says; with UPDATE_DOCS=1 this test writes it.");
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n".Replace("  |", " |", StringComparison.Ordinal);

    private static (string Before, string Found, string After) Find(string file, string name)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));
        var begin = $"<!-- {name}: made by a test -->\n";
        var start = text.IndexOf(begin, StringComparison.Ordinal);
        Assert.That(start, Is.Not.Negative, $"{file} has no '{begin.Trim()}'");
        start += begin.Length;
        var end = text.IndexOf(End, start, StringComparison.Ordinal);
        return (text[..start], text[start..end], text[end..]);
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex BarBetweenCells();
}

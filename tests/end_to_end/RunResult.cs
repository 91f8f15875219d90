using System.Globalization;

namespace EndToEnd.Tests;

/// <summary>How <c>./run</c> ended.</summary>
internal sealed record RunResult(int ExitCode, string Output, string Errors)
{
    public string LastLine => Output.Split('\n')[^1];

    /// <summary>The numbers of the last line, by name.</summary>
    public IReadOnlyDictionary<string, double> Summary => LastLine.Split(' ')
        .Select(item => item.Split('='))
        .ToDictionary(item => item[0], item => double.Parse(item[1], CultureInfo.InvariantCulture));
}

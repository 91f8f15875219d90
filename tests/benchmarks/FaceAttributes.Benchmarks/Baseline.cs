using System.Diagnostics;
using System.Globalization;

namespace FaceAttributes.Benchmarks;

/// <summary>Compares this build with another one, whose benchmark prints the same table.</summary>
internal static class Baseline
{
    private const int Rounds = 3;

    /// <summary>Runs both in turn and prints medians of the variant "default" and their ratio.</summary>
    /// <param name="program">The other build's benchmark program.</param>
    /// <param name="frames">Frames a run.</param>
    /// <returns>The exit code.</returns>
    public static int Compare(string program, string frames)
    {
        var (others, ours) = (new Dictionary<string, List<double>>(), new Dictionary<string, List<double>>());
        for (var round = 0; round < Rounds; round++)
        {
            Run(program, frames, others);
            Run(Environment.ProcessPath!, frames, ours);
        }

        Console.WriteLine($"{"total, ms",-12}{"baseline",10}{"this",8}{"ratio",8}");
        foreach (var (size, totals) in ours)
            Console.WriteLine($"{size,-12}{Median(others[size]),10:0.0}{Median(totals),8:0.0}{Median(totals) / Median(others[size]),8:0.00}");
        return 0;
    }

    private static void Run(string program, string frames, Dictionary<string, List<double>> totals)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [frames]) { RedirectStandardOutput = true })!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            // Size, name, faces, detect, classify, draw, total, ratio; the name is "default" alone.
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length != 8 || columns[1] != "default")
                continue;
            if (!totals.TryGetValue(columns[0], out var list))
                totals[columns[0]] = list = [];
            list.Add(double.Parse(columns[6], CultureInfo.InvariantCulture));
        }

        process.WaitForExit();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

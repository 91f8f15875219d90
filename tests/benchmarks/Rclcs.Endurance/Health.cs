using System.Globalization;

namespace rclcs.Endurance;

/// <summary>What a process holds, as Linux counts it.</summary>
/// <param name="Megabytes">Resident memory.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Handles">Open files, pipes and sockets, without the libraries that .NET loads when it first needs them.</param>
internal sealed record Health(double Megabytes, int Threads, int Handles)
{
    /// <summary>Looks at a process of ours.</summary>
    public static Health Of(int processId)
    {
        var folder = $"/proc/{processId}";
        var resident = File.ReadLines($"{folder}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kilobytes = int.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        var handles = Directory.EnumerateFiles($"{folder}/fd").Select(handle => new FileInfo(handle).LinkTarget);
        return new Health(
            kilobytes / 1024.0,
            Directory.EnumerateDirectories($"{folder}/task").Count(),
            handles.Count(target => target?.EndsWith(".dll", StringComparison.Ordinal) == false));
    }
}

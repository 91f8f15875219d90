using System.Globalization;

namespace rclcs.Endurance;

/// <summary>What a process holds, as Linux counts it.</summary>
/// <param name="Megabytes">Resident memory.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Handles">Open files and sockets.</param>
internal sealed record Health(double Megabytes, int Threads, int Handles)
{
    /// <summary>Looks at a process of ours.</summary>
    public static Health Of(int processId)
    {
        var folder = $"/proc/{processId}";
        var resident = File.ReadLines($"{folder}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kilobytes = int.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        return new Health(kilobytes / 1024.0, Count($"{folder}/task"), Count($"{folder}/fd"));
    }

    private static int Count(string folder) => Directory.EnumerateFileSystemEntries(folder).Count();
}

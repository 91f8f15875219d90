using System.Globalization;

namespace rclcs.Tests.Support;

/// <summary>What this process holds, as Linux counts it.</summary>
internal sealed record ProcessState(int Threads, int Handles, int Megabytes)
{
    public static ProcessState Now()
    {
        GC.Collect();
        var resident = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return new ProcessState(
            Count("/proc/self/task"),
            Count("/proc/self/fd"),
            int.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024);
    }

    /// <summary>Asserts that not one of each has been left behind so many times since, beside what the runtime needs now and then.</summary>
    public void AssertNoGrowth(int megabytes)
    {
        var now = Now();
        Assert.That(now.Threads, Is.LessThan(Threads + 10));
        Assert.That(now.Handles, Is.LessThan(Handles + 10));
        Assert.That(now.Megabytes, Is.LessThan(Megabytes + megabytes));
    }

    private static int Count(string directory) => Directory.EnumerateFileSystemEntries(directory).Count();
}

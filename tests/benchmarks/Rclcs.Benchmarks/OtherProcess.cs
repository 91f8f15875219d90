using System.Diagnostics;

namespace rclcs.Benchmarks;

/// <summary>This program again, as the other process of a measurement.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    public OtherProcess(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var arg in args)
            start.ArgumentList.Add(arg);

        _process = Process.Start(start)!;
        if (ReadLine() != "ready")
            throw new InvalidOperationException("The other process did not start.");
    }

    public string ReadLine() => _process.StandardOutput.ReadLine() ?? "";

    public void Dispose()
    {
        // One that receives ends by itself, one that echoes has to be told.
        if (!_process.WaitForExit(TimeSpan.FromMilliseconds(500)))
            Process.Start("kill", ["-TERM", $"{_process.Id}"]).WaitForExit();

        _process.WaitForExit();
        _process.Dispose();
    }
}

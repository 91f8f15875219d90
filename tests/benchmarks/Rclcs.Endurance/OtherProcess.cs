using System.Diagnostics;

namespace rclcs.Endurance;

/// <summary>This program again, as the other process of a trial. Disposing kills it.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    public OtherProcess(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, args) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start)!;
    }

    public Health Health => Health.Of(_process.Id);

    public string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("A process ended early.");

    public void WriteLine() => _process.StandardInput.WriteLine();

    /// <summary>Sends SIGKILL: the process has no time for a farewell.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();

        // Without this they stay open until the garbage collector finds them.
        _process.StandardInput.Dispose();
        _process.StandardOutput.Dispose();
        _process.Dispose();
    }
}

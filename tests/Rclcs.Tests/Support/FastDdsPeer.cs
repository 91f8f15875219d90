using System.Diagnostics;

namespace rclcs.Tests.Support;

/// <summary>Runs tests/interop/build/fastdds_peer in the domain of these tests.</summary>
internal sealed class FastDdsPeer : IDisposable
{
    private readonly Process _process;

    public FastDdsPeer(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            InteropProgram.Find("fastdds_peer"),
            [.. arguments, "--seconds", $"{Within.Time.TotalSeconds}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        TestDomain.AddTo(start);
        _process = Process.Start(start)!;
    }

    /// <summary>Waits until the program has ended well, and returns the lines that it wrote.</summary>
    public string[] ReadToEnd()
    {
        var errors = _process.StandardError.ReadToEndAsync();
        var output = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        Assert.That(_process.ExitCode, Is.Zero, output + errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Waits for a while; true once the program has ended.</summary>
    public bool WaitForEnd(TimeSpan time) => _process.WaitForExit(time);

    /// <summary>Ends the program and returns the lines that it wrote until then.</summary>
    public string[] Stop()
    {
        _process.Kill();
        return _process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }
}

using System.Diagnostics;

namespace rclcs.Tests.Support;

/// <summary>Runs tests/interop/build/cyclonedds_peer in the domain of these tests.</summary>
internal sealed class CycloneDdsPeer : IDisposable
{
    private readonly Process _process;

    public CycloneDdsPeer(params string[] arguments) => _process = Process.Start(
        new ProcessStartInfo(InteropProgram.Find("cyclonedds_peer"), arguments) { RedirectStandardOutput = true })!;

    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Within.Time) ?? "";

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }
}

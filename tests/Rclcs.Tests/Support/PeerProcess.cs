using System.Diagnostics;

namespace rclcs.Tests.Support;

/// <summary>The peer program in another process of this machine.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    public PeerProcess(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Rclcs.Tests.Peer.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);

        TestDomain.AddTo(start);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        _process = Process.Start(start)!;
    }

    public PeerProcess(params string[] args)
        : this(new Dictionary<string, string>(), args)
    {
    }

    public string ReadLine() => _process.StandardOutput.ReadLine() ?? "";

    public string ReadToEnd() => _process.StandardOutput.ReadToEnd();

    public Task<string> ReadErrorsAsync() => _process.StandardError.ReadToEndAsync();

    public string ReadErrors() => _process.StandardError.ReadToEnd();

    /// <summary>Sends SIGTERM, as .NET itself only offers SIGKILL.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Sends SIGKILL: the peer has no time for a farewell.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public int WaitForExit() => _process.WaitForExit(Within.Time)
        ? _process.ExitCode
        : throw new AssertionException("The peer did not end.");

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }
}

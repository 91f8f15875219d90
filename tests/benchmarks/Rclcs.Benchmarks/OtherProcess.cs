using System.Diagnostics;

namespace rclcs.Benchmarks;

/// <summary>A process of a measurement. It speaks in lines and waits for lines.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _name;

    /// <summary>Starts it.</summary>
    public OtherProcess(Client client, params string[] args)
    {
        var start = new ProcessStartInfo(client.Program, args) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in client.Environment)
            start.Environment[name] = value;

        _name = $"{client.Name}, {string.Join(' ', args)}";
        _process = Process.Start(start)!;
    }

    /// <summary>What it says next.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public string Read() =>
        _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"'{_name}' ended too early; see its message above.");

    /// <summary>Lets it go on.</summary>
    public void Release() => _process.StandardInput.WriteLine();

    /// <summary>Waits until it has ended, or ends it where something went wrong.</summary>
    public void Dispose()
    {
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();

        _process.WaitForExit();
        _process.Dispose();
    }
}

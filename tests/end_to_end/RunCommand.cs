using System.Diagnostics;
using rclcs.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>The repository's <c>./run</c>, in a DDS domain of its own.</summary>
internal sealed class RunCommand : IDisposable
{
    private const string ViewerLine = "The viewer is at ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;
    private readonly TestDomain _domain;
    private readonly TaskCompletionSource _facesSeen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _viewerFound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunCommand(Process process, TestDomain domain)
    {
        (_process, _domain) = (process, domain);
        _output = ReadOutput();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Completes when the listener has shown a face.</summary>
    public Task FacesSeen => _facesSeen.Task;

    /// <summary>Where the viewer's page is, once it says so.</summary>
    public Task<Uri> ViewerFound => _viewerFound.Task;

    /// <summary>Where <c>./run</c> is.</summary>
    public static string Script { get; } = Path.Combine(Repository.Root, "run");

    public static RunCommand Start(params string[] arguments) =>
        Start(new Dictionary<string, string>(), Script, arguments);

    /// <summary>Starts it, or another command, with further variables in its environment.</summary>
    public static RunCommand Start(IReadOnlyDictionary<string, string> environment, string command, params string[] arguments)
    {
        // A test run that was started in the background ignores SIGINT, and so would all that it starts.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", command, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var domain = TestDomain.Claim();
        domain.AddItselfTo(start);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new RunCommand(Process.Start(start)!, domain);
    }

    /// <summary>Sends a signal, such as INT for what Ctrl-C does.</summary>
    public void Signal(string name) => Programs.Signal(_process, name);

    public async Task<RunResult> Finish()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return new RunResult(_process.ExitCode, await _output, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Signal("TERM");
        _process.Dispose();
        _domain.Dispose();
    }

    private async Task<string> ReadOutput()
    {
        var lines = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("  f", StringComparison.Ordinal))
                _facesSeen.TrySetResult();
            if (line.StartsWith(ViewerLine, StringComparison.Ordinal))
                _viewerFound.TrySetResult(new Uri(line[ViewerLine.Length..]));
        }
        return string.Join('\n', lines);
    }
}

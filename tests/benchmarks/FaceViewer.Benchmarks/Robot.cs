using System.Diagnostics;
using System.Globalization;

namespace FaceViewer.Benchmarks;

/// <summary>The three programs, each a process of its own, in a domain of their own.</summary>
internal sealed class Robot : IDisposable
{
    private readonly List<Process> _processes = [];
    private readonly string _domain = Random.Shared.Next(1, 102).ToString(CultureInfo.InvariantCulture);

    private Robot(params string[] viewerArguments)
    {
        Start("FaceAttributes.Node", "face_attributes_node", "-r", "image:=/camera/image_raw");
        Viewer = Start("FaceViewer", "face_viewer", ["-p", "port:=0", .. viewerArguments]);
        while (Viewer.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("The viewer is at ", StringComparison.Ordinal))
            {
                Address = new Uri(line["The viewer is at ".Length..]);
                break;
            }
        }

        Http = new HttpClient { BaseAddress = Address ?? throw new InvalidOperationException("The viewer did not start."), Timeout = TimeSpan.FromMinutes(2) };
        Start("ReplayCamera", "replay_camera", "-r", "__ns:=/camera");
    }

    /// <summary>The viewer's process.</summary>
    public Process Viewer { get; }

    /// <summary>Its page.</summary>
    public Uri? Address { get; }

    /// <summary>A client of its REST interface.</summary>
    public HttpClient Http { get; }

    /// <summary>Megabytes of memory that the viewer's process has now.</summary>
    public long ViewerMegabytes
    {
        get
        {
            Viewer.Refresh();
            return Viewer.WorkingSet64 >> 20;
        }
    }

    /// <summary>Starts all, and waits until faces come.</summary>
    public static async Task<Robot> StartAsync(params string[] viewerArguments)
    {
        var robot = new Robot(viewerArguments);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!(await robot.Http.GetAsync("/v1/faces", patience.Token)).IsSuccessStatusCode)
            await Task.Delay(100, patience.Token);
        return robot;
    }

    /// <summary>Seconds of a processor that the viewer's process has taken.</summary>
    public TimeSpan ViewerTime()
    {
        Viewer.Refresh();
        return Viewer.TotalProcessorTime;
    }

    /// <summary>A number of <c>/metrics</c>.</summary>
    public async Task<double> MetricAsync(string name)
    {
        var text = await Http.GetStringAsync("/metrics");
        var line = text.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        Http.Dispose();
        foreach (var process in _processes)
        {
            using var kill = Process.Start("kill", $"-TERM {process.Id}");
            kill.WaitForExit();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private Process Start(string project, string program, params string[] arguments)
    {
        // The benchmark is in a folder of the same layout: bin/FaceViewer.Benchmarks/release/.
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var start = new ProcessStartInfo(Path.Combine(folder.Parent!.Parent!.FullName, project, folder.Name, program), ["--ros-args", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ROS_AUTOMATIC_DISCOVERY_RANGE"] = "LOCALHOST", ["ROS_DOMAIN_ID"] = _domain, ["ROS_LOG_DIR"] = Path.GetTempPath() },
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginErrorReadLine();
        _processes.Add(process);
        return process;
    }
}

using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>The project's programs as they were built beside the tests.</summary>
internal static class Programs
{
    private static readonly Dictionary<string, string> Projects = new()
    {
        ["face_attributes_node"] = "FaceAttributes.Node",
        ["face_listener"] = "FaceListener",
        ["replay_camera"] = "ReplayCamera",
    };

    /// <summary>Says how to start a program, with SIGINT and SIGTERM as a shell's foreground has them.</summary>
    public static ProcessStartInfo Start(string program, IEnumerable<string> arguments)
    {
        // A test run that was started in the background ignores SIGINT, and so would all that it starts.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,TERM", PathOf(program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ROS_AUTOMATIC_DISCOVERY_RANGE"] = "LOCALHOST";
        return start;
    }

    /// <summary>Sends a signal, such as INT for what Ctrl-C does.</summary>
    public static void Signal(Process process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Where a program is.</summary>
    public static string PathOf(string program)
    {
        // The tests are in a folder of the same layout: bin/EndToEnd.Tests/release/.
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(folder.Parent!.Parent!.FullName, Projects[program], folder.Name, program);
    }
}

using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>The ROS 2 package, whose messages a node on librcl needs.</summary>
internal static class RosPackage
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Built = new(Build);

    // With a build of its own, or the one that is sourced.
    private const string Script =
        """
        set -eo pipefail
        if [[ ! -e $(ros2 pkg prefix face_attributes 2> /dev/null)/share/face_attributes ]]; then
            colcon --log-base log build --base-paths "$1" --packages-select face_attributes > build.log 2>&1 ||
                { cat build.log >&2; exit 1; }
            source install/local_setup.bash
        fi
        printf '%s\n' "$AMENT_PREFIX_PATH" "$LD_LIBRARY_PATH" "$PYTHONPATH" "$CMAKE_PREFIX_PATH"
        """;

    /// <summary>What the environment of a program is to be where the package is sourced. Built once; skips the test without a ROS 2.</summary>
    public static IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            SourcedRos.Require("colcon", "ros2");
            return Built.Value;
        }
    }

    private static Dictionary<string, string> Build()
    {
        // Used by every test that follows, so it stays until the process goes.
        var folder = Directory.CreateTempSubdirectory("face_attributes_").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var start = new ProcessStartInfo("bash", ["-c", Script, "bash", Repository.Root])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, () => errors.Result);
        return new Dictionary<string, string>
        {
            ["AMENT_PREFIX_PATH"] = lines[0],
            ["LD_LIBRARY_PATH"] = lines[1],
            ["PYTHONPATH"] = lines[2],
            ["CMAKE_PREFIX_PATH"] = lines[3],
        };
    }
}

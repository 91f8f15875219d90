using System.Diagnostics;
using System.Globalization;

namespace EndToEnd.Tests;

/// <summary>The ROS 2 package: built with colcon, started with its launch file, heard by ROS's own tools.</summary>
public class RosPackageTests : FolderFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // setsid, so that SIGINT reaches ros2 launch and the node as Ctrl-C does, and the node once more from ros2 launch.
    private const string Script =
        """
        set -eo pipefail
        export ROS_LOG_DIR=$PWD/ros_log
        colcon --log-base log build --base-paths "$1" --packages-select face_attributes 2>&1
        source install/local_setup.bash
        echo "executables: $(ros2 pkg executables face_attributes | cut -d ' ' -f 2 | sort | xargs)"
        setsid env --default-signal=INT ros2 run face_attributes replay_camera --ros-args -r __ns:=/camera &
        camera=$!
        setsid env --default-signal=INT ros2 launch face_attributes face_attributes.launch.py \
            image:=/camera/image_raw log_level:=debug &
        launch=$!
        trap 'kill -KILL -- -$camera -$launch 2> /dev/null || true' EXIT
        timeout 60 ros2 topic echo --no-daemon --once /face_attributes/faces face_attributes/msg/FaceAttributesArray
        for group in $launch $camera; do
            kill -INT -- -$group
            code=0
            wait $group || code=$?
            echo "exit code: $code"
        done
        """;

    [Test]
    public async Task It_builds_with_colcon_and_its_launch_file_starts_a_node_that_Ctrl_C_ends()
    {
        SourcedRos.Require("colcon", "ros2");
        var output = await RunScript();

        Assert.That(output, Does.Contain("executables: face_attributes_node face_listener replay_camera\n"));
        Assert.That(output, Does.Contain("/face_attributes is on rcl "));
        Assert.That(output, Does.Contain("frame_id: camera_optical_frame").And.Contain("- id: f"));
        Assert.That(output, Does.Contain("process has finished cleanly"));
        Assert.That(output.Split("exit code: 0\n"), Has.Length.EqualTo(3), output);
    }

    private async Task<string> RunScript()
    {
        var start = new ProcessStartInfo("bash", ["-c", Script, "bash", RunCommand.RepositoryRoot])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ROS_DOMAIN_ID"] = Random.Shared.Next(1, 100).ToString(CultureInfo.InvariantCulture);
        start.Environment["ROS_AUTOMATIC_DISCOVERY_RANGE"] = "LOCALHOST";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            var all = await output + await errors;
            Assert.That(process.ExitCode, Is.Zero, all);
            return all;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

using System.Diagnostics;
using rclcs.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>The ROS 2 package: built with colcon, started with its launch file, heard by ROS's own tools.</summary>
public class RosPackageTests : FolderFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const string Build =
        """
        set -eo pipefail
        build() {
            colcon --log-base log build --base-paths "$package" --packages-select face_attributes 2>&1
        }
        package=$1

        """;

    // setsid, so that SIGINT reaches ros2 launch and the node as Ctrl-C does, and the node once more from ros2 launch.
    private const string Launch =
        """
        export ROS_LOG_DIR=$PWD/ros_log
        build
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

    // A PATH with all that is on it but dotnet, even where that lies in /usr/bin.
    private const string BuildWithoutDotnet =
        """
        path=
        IFS=: read -ra folders <<< "$PATH"
        for folder in "${folders[@]}"; do
            if [[ -x $folder/dotnet ]]; then
                links=$PWD/path/${#path}
                mkdir -p "$links"
                ln -sf "$folder"/* "$links"
                rm "$links/dotnet"
                folder=$links
            fi
            path+=${path:+:}$folder
        done
        PATH=$path
        ! command -v dotnet
        build
        source install/local_setup.bash
        [[ ! -e install/face_attributes/lib/face_attributes/face_attributes_node && ! -e install/face_attributes/share/face_attributes/launch ]]

        python3 -c 'from face_attributes.msg import FaceAttributes; print("from Python:", FaceAttributes(id="f1").id)'
        mkdir listener
        cat > listener/CMakeLists.txt <<'END'
        cmake_minimum_required(VERSION 3.16)
        project(listener)
        find_package(face_attributes REQUIRED)
        add_executable(listener listener.cpp)
        target_link_libraries(listener ${face_attributes_TARGETS})
        END
        cat > listener/listener.cpp <<'END'
        #include <cstdio>
        #include <face_attributes/msg/face_attributes.hpp>
        #include <rosidl_typesupport_cpp/message_type_support.hpp>
        int main()
        {
            face_attributes::msg::FaceAttributes face;
            face.id = "f2";
            if (rosidl_typesupport_cpp::get_message_type_support_handle<face_attributes::msg::FaceAttributes>())
                std::printf("from C++: %s\n", face.id.c_str());
        }
        END
        cmake -S listener -B listener > cmake.log
        cmake --build listener > cmake.log
        listener/listener
        """;

    // A copy, because the files are changed. What is shown is when the programs are published, not that they can be, which another
    // test shows: so dotnet publishes in no time here, and does all else itself.
    private const string Rebuild =
        """
        mkdir stand_in
        cat > stand_in/dotnet <<END
        #!/usr/bin/env bash
        [[ \$1 == publish ]] || exec "$(command -v dotnet)" "\$@"
        for argument; do
            [[ \$argument != -p:PublishDir=* ]] || folder=\${argument#*=}
        done
        mkdir -p "\$folder"
        for program in $(sed -n 's/^set(programs \(.*\))$/\1/p' "$1/src/CMakeLists.txt"); do
            install /dev/null "\$folder/\$program"
        done
        END
        chmod +x stand_in/dotnet
        PATH=$PWD/stand_in:$PATH

        package=$PWD/package
        mkdir package
        tar -C "$1" --exclude=node_modules --exclude=tests/interop/build -c \
            CMakeLists.txt package.xml Directory.{Build,Packages}.props .editorconfig global.json LICENSE \
            config examples/python launch models msg src srv tests | tar -C package -x
        after() {
            build > build.log || { cat build.log; exit 1; }
            local now
            now=$(stat -c %y build/face_attributes/src/publish.stamp)
            echo "after $1: $([[ $now == "$published" ]] && echo untouched || echo published)"
            published=$now
        }
        after "the first build"
        after "nothing"
        touch package/src/Evaluate/*.cs
        after "a change to evaluate"
        touch package/tests/*/*.cs
        after "a change to tests"
        touch package/src/Rclcs/Rclcs.csproj
        after "a change to Rclcs"
        echo 'internal static class Unneeded;' > package/src/FaceAttributes/Unneeded.cs
        after "a new source"
        rm package/src/FaceAttributes/Unneeded.cs
        after "a source's removal"
        [[ -x install/face_attributes/lib/face_attributes/face_attributes_node ]]

        colcon --log-base log test --base-paths "$package" --packages-select face_attributes --ctest-args -R FaceListener 2>&1
        colcon test-result --all
        """;

    [Test]
    public async Task Without_a_NET_SDK_its_messages_are_built_and_one_line_says_so()
    {
        SourcedRos.Require("colcon");
        var output = await RunScript(BuildWithoutDotnet);

        Assert.That(output.Split('\n'), Has.One.Contains("No .NET SDK 10 is on the PATH: only the messages are built"));
        Assert.That(output, Does.Contain("from Python: f1\n").And.Contain("from C++: f2\n"));
        Assert.That(output, Does.Not.Contain("CMake Warning").And.Not.Contain("CMake Error"));
    }

    [Test]
    public async Task Changes_to_what_the_programs_are_made_of_and_no_others_publish_them_again_and_colcon_runs_the_tests()
    {
        SourcedRos.Require("colcon");
        var output = await RunScript(Rebuild);

        Assert.That(output.Split('\n').Where(line => line.StartsWith("after ", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "after the first build: published",
            "after nothing: untouched",
            "after a change to evaluate: untouched",
            "after a change to tests: untouched",
            "after a change to Rclcs: published",
            "after a new source: published",
            "after a source's removal: published",
        }));
        Assert.That(output, Does.Match(@"FaceListener\.Tests\.xunit\.xml: [1-9]\d* tests, 0 errors, 0 failures, 0 skipped"));
    }

    [Test]
    public async Task It_builds_with_colcon_and_its_launch_file_starts_a_node_that_Ctrl_C_ends()
    {
        SourcedRos.Require("colcon", "ros2");
        var output = await RunScript(Launch);

        Assert.That(output, Does.Contain("executables: call_for_help.py face_attributes face_attributes_node face_listener face_viewer greet.py replay_camera situations_node take_photograph.py\n"));
        Assert.That(output, Does.Contain("/face_attributes is on rcl "));
        Assert.That(output, Does.Contain("frame_id: camera_optical_frame").And.Contain("- id: f"));
        Assert.That(output, Does.Contain("process has finished cleanly"));
        Assert.That(output.Split("exit code: 0\n"), Has.Length.EqualTo(3), output);
    }

    private async Task<string> RunScript(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", Build + script, "bash", Repository.Root])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var domain = TestDomain.Claim();
        domain.AddItselfTo(start);
        start.Environment["ROS_AUTOMATIC_DISCOVERY_RANGE"] = "LOCALHOST";
        // By itself colcon tells make to start one job only where the load is above the number of cores.
        start.Environment["MAKEFLAGS"] = $"-j{Environment.ProcessorCount}";
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

using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>The scripts that try the package where the machine has what they need. Each says row by row what came of it.</summary>
public class ScriptTests
{
    private const int Skipped = 77;

    [Test]
    public async Task The_tools_of_ROS_show_and_change_our_nodes_as_they_do_others()
    {
        SourcedRos.Require("ros2");
        await Run(
            TimeSpan.FromMinutes(15), new Dictionary<string, string>(),
            "tests/interop/ros2_table", "--peer", Path.Combine(AppContext.BaseDirectory, "Rclcs.Tests.Peer.dll"));
    }

    [Test]
    public async Task The_package_does_on_a_ROS_2_what_its_documentation_says() =>
        await Run(TimeSpan.FromMinutes(30), RosPackage.Environment, "tests/end_to_end/ros2_package");

    [Test]
    public async Task Of_reliable_results_nearly_all_pass_a_network_that_loses_one_packet_in_ten()
    {
        var row = await Run(
            TimeSpan.FromMinutes(3), new Dictionary<string, string>(),
            "tests/end_to_end/lossy_network", Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../..")), "10", "10");
        var numbers = row.Split(' ').Where(item => item.Contains('=', StringComparison.Ordinal)).ToDictionary(item => item.Split('=')[0], item => item.Split('=')[1]);
        var (published, received) = (int.Parse(numbers["published"]), int.Parse(numbers["received"]));

        Assert.That(published, Is.GreaterThan(100));
        Assert.That(received, Is.GreaterThanOrEqualTo(0.95 * published), row);
    }

    private static async Task<string> Run(TimeSpan patience, IReadOnlyDictionary<string, string> environment, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, script), arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(patience);
        try
        {
            var rows = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            TestContext.Out.WriteLine(rows);
            if (process.ExitCode == Skipped)
                Assert.Ignore(rows);
            Assert.That(process.ExitCode, Is.Zero, rows);
            return rows;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

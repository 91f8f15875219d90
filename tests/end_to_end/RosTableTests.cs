using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>What ROS's own tools make of nodes of ours, on both middlewares and every RMW that is installed.</summary>
public class RosTableTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Test]
    public async Task The_tools_of_ROS_show_and_change_our_nodes_as_they_do_others()
    {
        SourcedRos.Require("ros2");
        var start = new ProcessStartInfo(
            Path.Combine(Repository.Root, "tests", "interop", "ros2_table"),
            ["--peer", Path.Combine(AppContext.BaseDirectory, "Rclcs.Tests.Peer.dll")])
        {
            RedirectStandardOutput = true,
        };
        using var table = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var rows = await table.StandardOutput.ReadToEndAsync(limit.Token);
            await table.WaitForExitAsync(limit.Token);
            TestContext.Out.WriteLine(rows);

            Assert.That(table.ExitCode, Is.Zero, rows);
        }
        finally
        {
            if (!table.HasExited)
                table.Kill(entireProcessTree: true);
        }
    }
}

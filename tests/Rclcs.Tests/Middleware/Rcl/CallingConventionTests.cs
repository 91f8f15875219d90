using rclcs.Tests.Support;

namespace rclcs.Tests.Middleware.Rcl;

/// <summary>
/// Our calls to librcl, on one of tests/interop/rcl that has the structures of a distribution of ROS 2 and looks for
/// everything that its caller does wrong: overwrites, the order of calls, what is never freed.
/// </summary>
public sealed class CallingConventionTests
{
    private const string HashOfJazzy = "RIHS01_000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [TestCase("humble", "")]
    [TestCase("jazzy", HashOfJazzy)]
    public void Librcl_finds_no_fault_with_a_program_that_uses_all_of_it(string distribution, string hash)
    {
        using var peer = new PeerProcess(
            new Dictionary<string, string>
            {
                ["RCLCS_MIDDLEWARE"] = "rcl",
                ["ROS_DISTRO"] = distribution,
                ["LD_LIBRARY_PATH"] = Path.Combine(PrefixOf(distribution), "lib"),
            },
            "self-test");

        var errors = peer.ReadErrorsAsync();
        Assert.That(peer.ReadToEnd().TrimEnd().Split('\n'), Is.EqualTo(new[]
        {
            "heard 200 messages of 2686700 characters, info True, matched 1 and 1",
            "saw 40 pictures of 4020000 bytes",
            "called 50 times: 25 on, 25 off",
            "/lamp is a std_srvs/srv/SetBool",
            "nodes peer talker",
            $"/seen std_msgs/msg/String {hash} of talker: Reliable TransientLocal 1, gid True",
            $"/seen std_msgs/msg/String {hash} of peer: BestEffort Volatile 5, gid True",
            "mismatch of Reliability, matched 0",
            "heard by 100 subscriptions",
            "The interface package absent_msgs of absent_msgs/msg/Thing is not installed or not sourced: install "
                + $"ros-{distribution}-absent-msgs if ROS has it, or build it and source its workspace.",
            "The interface package geometry_msgs of geometry_msgs/msg/Twist is not installed or not sourced: install "
                + $"ros-{distribution}-geometry-msgs if ROS has it, or build it and source its workspace.",
            "done",
        }), () => errors.Result);
        Assert.That(errors.Result, Does.Match($@"rcl of {distribution}: \d{{4,}} calls, 0 faults\n").And.Contain("20 messages published as structures\n"));
        Assert.That(peer.WaitForExit(), Is.Zero);
    }

    [Test]
    public void Where_a_ROS_is_sourced_librcl_is_found_in_its_folder_without_being_asked_for()
    {
        using var peer = new PeerProcess(
            new Dictionary<string, string>
            {
                ["RCLCS_MIDDLEWARE"] = "",
                ["LD_LIBRARY_PATH"] = "",
                ["AMENT_PREFIX_PATH"] = "/nowhere:" + PrefixOf("jazzy"),
            },
            "self-test");

        var errors = peer.ReadErrorsAsync();
        Assert.That(peer.ReadToEnd(), Does.EndWith("done\n"));
        Assert.That(errors.Result, Does.Contain("rcl of jazzy: "));
    }

    [Test]
    public void Where_librcl_is_asked_for_but_missing_the_program_ends_with_one_sentence()
    {
        using var peer = new PeerProcess(
            new Dictionary<string, string>
            {
                ["RCLCS_MIDDLEWARE"] = "rcl",
                ["LD_LIBRARY_PATH"] = "",
                ["AMENT_PREFIX_PATH"] = "/nowhere",
            },
            "self-test");

        Assert.That(peer.ReadErrors().Trim().Split('\n'), Has.Length.EqualTo(1).And.One.Contains("librcl.so cannot be loaded"));
        Assert.That(peer.WaitForExit(), Is.EqualTo(1));
    }

    private static string PrefixOf(string distribution) =>
        Path.GetFullPath("../..", InteropProgram.Find($"rcl/{distribution}/lib/librcl.so"));
}

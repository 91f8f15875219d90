using rclcs.Tests.Support;

namespace rclcs.Tests.Execution;

/// <summary>What signals do to a program that ends late or never; the end-to-end tests have the usual.</summary>
public sealed class ShutdownSignalsTests
{
    private const int Terminated = 128 + 15;

    [Test]
    public void A_second_signal_ends_a_program_that_hangs()
    {
        using var peer = new PeerProcess("hang");
        Assert.That(peer.ReadLine(), Is.EqualTo("ready"));
        peer.Terminate();
        Assert.That(peer.ReadLine(), Is.EqualTo("asked to end"));
        peer.Terminate();

        Assert.That(peer.WaitForExit(), Is.EqualTo(Terminated));
    }

    [Test]
    public void A_second_signal_leaves_time_to_a_program_that_ends_in_order()
    {
        using var peer = new PeerProcess("serve", "service");
        Assert.That(peer.ReadLine(), Is.EqualTo("ready"));
        peer.Terminate();
        peer.Terminate();

        Assert.That(peer.ReadLine(), Is.EqualTo("done"));
        Assert.That(peer.WaitForExit(), Is.Zero);
    }
}

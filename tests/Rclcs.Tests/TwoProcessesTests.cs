using System.Globalization;
using rclcs.Tests.Support;
using Image = sensor_msgs.msg.Image;
using SetBool = std_srvs.srv.SetBool;

namespace rclcs.Tests;

public sealed class TwoProcessesTests
{
    [Test]
    public void Images_go_to_another_process_and_come_back_byte_for_byte()
    {
        using var here = new SpinningNode("here");
        using var received = new Mailbox<ReceivedMessage<Image>>();
        using var publisher = here.Node.CreatePublisher<Image>("there");
        using var subscription = here.Node.CreateOwnedSubscription<Image>(
            "back", image => received.Post(image));
        here.Start();
        using var peer = new PeerProcess("echo", "there", "back");
        Assert.That(peer.ReadLine(), Is.EqualTo("ready"));
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);
        Assert.That(subscription.WaitForPublishers(1, Within.Time), Is.True);

        for (var seed = 1; seed <= 20; seed++)
        {
            var sent = Pictures.Create(seed);
            publisher.Publish(sent);
            using var message = received.Take();
            Assert.That(message.Message.Header.Stamp.Sec, Is.EqualTo(seed));
            Assert.That(message.Message.Data.Span.SequenceEqual(sent.Data.Span), Is.True);
        }

        peer.Terminate();
        Assert.That(peer.ReadLine(), Is.EqualTo("done"), "SIGTERM ends spinning in good order");
        Assert.That(peer.WaitForExit(), Is.Zero);
    }

    [Test]
    public void A_process_that_has_warmed_up_receives_images_without_allocating()
    {
        const int WarmUp = 100;
        const int Count = 300;
        using var here = new SpinningNode("here");
        using var publisher = here.Node.CreatePublisher<Image>("image");
        using var peer = new PeerProcess(
            "listen", "image", WarmUp.ToString(CultureInfo.InvariantCulture), Count.ToString(CultureInfo.InvariantCulture));
        Assert.That(peer.ReadLine(), Is.EqualTo("ready"));
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);

        // Keep last 10 may drop what comes too fast: sent until the peer has enough and goes.
        var image = Pictures.Create(seed: 1);
        while (publisher.SubscriptionCount == 1)
            publisher.Publish(image);

        var received = peer.ReadLine()!.Split(" allocated=");
        Assert.That(received[0], Is.EqualTo($"received={WarmUp + Count} bytes={(WarmUp + Count) * (long)Pictures.Bytes}"));

        // Less than a byte a message: a lock of the runtime that meets its first contention makes one small object.
        Assert.That(int.Parse(received[1], CultureInfo.InvariantCulture), Is.LessThan(Count));
        Assert.That(peer.ReadLine(), Is.EqualTo("done"));
        Assert.That(peer.WaitForExit(), Is.Zero);
    }

    [Test]
    public async Task A_service_of_another_process_is_called_and_missed_when_that_ends()
    {
        using var here = new SpinningNode("here").Start();
        using var client = here.Node.CreateClient<SetBool.Request, SetBool.Response>("there");
        using var peer = new PeerProcess("serve", "there");
        Assert.That(client.WaitForService(Within.Time), Is.True);
        foreach (var data in new[] { true, false, true })
        {
            var answer = await client.CallAsync(new SetBool.Request { Data = data }).WaitAsync(Within.Time);
            Assert.That(answer.Success, Is.EqualTo(data));
        }

        peer.Terminate();
        Assert.That(peer.WaitForExit(), Is.Zero);
        Assert.That(here.Node.Graph.WaitFor(() => !client.IsServiceAvailable, Within.Time), Is.True);
    }

    [Test]
    [EmbeddedMiddleware]
    public void A_service_that_is_switched_off_ends_the_program_with_one_sentence()
    {
        using var peer = new PeerProcess(
            new Dictionary<string, string> { ["RCLCS_SERVICES"] = "off" }, "serve", "there");

        Assert.That(peer.ReadErrors().Trim().Split('\n'), Has.Length.EqualTo(1).And.One.Contains("RCLCS_SERVICES=off"));
        Assert.That(peer.WaitForExit(), Is.EqualTo(1));
    }

    [Test]
    public void A_missing_library_is_reported_with_the_package_to_install()
    {
        using var peer = new PeerProcess(
            new Dictionary<string, string>
            {
                ["RCLCS_MIDDLEWARE"] = "cyclonedds",
                ["RCLCS_DDSC_LIBRARY"] = "libno_such_ddsc.so",
            },
            "echo",
            "a",
            "b");

        Assert.That(peer.ReadErrors(), Does.Contain("libno_such_ddsc.so").And.Contain("apt-get install libddsc0debian"));
        Assert.That(peer.WaitForExit(), Is.EqualTo(1));
    }

    [TestCase("--ros-args", "--no-such-option")]
    [TestCase("--ros-args", "-r")]
    [TestCase("--ros-args", "--params-file", "/no/such/file.yaml")]
    public void A_wrong_ROS_argument_ends_the_program_with_one_sentence(params string[] args)
    {
        using var peer = new PeerProcess(["echo", "a", "b", .. args]);

        Assert.That(peer.ReadErrors().Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(peer.WaitForExit(), Is.EqualTo(1));
    }
}

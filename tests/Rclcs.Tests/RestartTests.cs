using rclcs.Tests.Support;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Tests;

public sealed class RestartTests
{
    private const int WarmUp = 2;
    private const int Restarts = 6;

    // Tells others to forget the peer so long after its last sign of life, instead of after ten seconds.
    private const string ShortLease = "<Discovery><LeaseDuration>1s</LeaseDuration></Discovery>";

    [Test]
    public async Task A_peer_that_is_killed_and_started_again_under_traffic_is_found_again_and_leaves_nothing_behind()
    {
        using var here = new SpinningNode("here");
        using var arrived = new Mailbox<Gid>();
        using var publisher = here.Node.CreatePublisher<Image>("there");
        using var subscription = here.Node.CreateOwnedSubscription<Image>(
            "back",
            image =>
            {
                using (image)
                    arrived.Post(image.Info.PublisherGid);
            });
        using var changes = new Mailbox<int>();
        publisher.Matched += changes.Post;
        subscription.Matched += changes.Post;
        here.Start();
        using var stop = new CancellationTokenSource();
        var sending = Task.Run(() => SendAsync(publisher, stop.Token));
        var environment = new Dictionary<string, string>
        {
            ["CYCLONEDDS_URI"] = $"{Environment.GetEnvironmentVariable("CYCLONEDDS_URI")},{ShortLease}",
        };
        var last = default(Gid);
        ProcessState? before = null;
        for (var i = 1; i <= Restarts; i++)
        {
            using var peer = new PeerProcess(environment, "echo", "there", "back");
            Gid publisherNow;
            do
            {
                publisherNow = arrived.Take();
            }
            while (publisherNow == last);

            last = publisherNow;
            peer.Kill();
            while (publisher.SubscriptionCount + subscription.PublisherCount > 0)
                changes.Take();

            if (i == WarmUp)
                before = ProcessState.Now();
        }

        before!.AssertNoGrowth(megabytes: 30);
        await stop.CancelAsync();
        await sending.WaitAsync(Within.Time);
    }

    private static async Task SendAsync(IPublisher<Image> publisher, CancellationToken cancellationToken)
    {
        var image = Pictures.Create(seed: 1);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!cancellationToken.IsCancellationRequested)
        {
            publisher.Publish(image);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}

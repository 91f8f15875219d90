using System.Diagnostics;
using System.Globalization;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Endurance;

/// <summary>A peer that is killed and started again and again while images go to it and come back.</summary>
internal static class Restarts
{
    private const string There = "there";
    private const string Back = "back";
    private const int WarmUp = 3;
    private const int ImagesEach = 30;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1.0 / 30);
    private static long _longestPublish;

    /// <summary>The peer: sends back what comes, until it is killed.</summary>
    public static int Echo()
    {
        using var context = new Context();
        Rclcs.Init(context);
        using var node = Rclcs.CreateNode("echo", context);
        using var publisher = node.CreatePublisher<Image>(Back);
        using var subscription = node.CreateSubscription<Image>(There, publisher.Publish);
        Rclcs.Spin(node, context);
        return 0;
    }

    /// <summary>Kills the peer so many times and prints what this process holds after each.</summary>
    public static int Run(int count)
    {
        Trial.ChooseDomain();
        using var context = new Context();
        Rclcs.Init(context);
        using var node = Rclcs.CreateNode("survivor", context);
        using var publisher = node.CreatePublisher<Image>(There);
        using var arrived = new SemaphoreSlim(0);
        using var subscription = node.CreateSubscription<Image>(Back, _ => arrived.Release());
        var spinning = Rclcs.SpinAsync(node, context);
        var sending = SendAsync(publisher, context.ShutdownToken);

        Console.WriteLine("| killed | found again after ms | gone after ms | longest Publish ms | resident MB | threads | handles |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
        Health? before = null;
        Health? after = null;
        for (var i = 1; i <= count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            TimeSpan found;
            using (new OtherProcess("echo"))
            {
                Trial.Require(arrived.Wait(Trial.Patience), $"Peer {i} was not found.");
                found = Stopwatch.GetElapsedTime(start);
                for (var image = 0; image < ImagesEach; image++)
                    Trial.Require(arrived.Wait(Trial.Patience), $"Peer {i} stopped answering.");
            }

            // By its lease, since it said no farewell.
            start = Stopwatch.GetTimestamp();
            Trial.Require(
                node.Graph.WaitFor(
                    () => publisher.SubscriptionCount == 0 && subscription.PublisherCount == 0 && node.Graph.GetNodeNames().Count == 1,
                    Trial.Patience),
                $"Peer {i} is still there.");
            var gone = Stopwatch.GetElapsedTime(start);
            while (arrived.Wait(0))
            {
                // An image of the old peer is no sign of the new one.
            }

            var longest = new TimeSpan(Interlocked.Exchange(ref _longestPublish, 0));
            GC.Collect();
            after = Health.Of(Environment.ProcessId);
            if (i == WarmUp)
                before = after;

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {i} | {found.TotalMilliseconds:F0} | {gone.TotalMilliseconds:F0} | {longest.TotalMilliseconds:F0} | {after.Megabytes:F1} | {after.Threads} | {after.Handles} |"));
        }

        if (before is not null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Growth since kill {WarmUp}: {after!.Megabytes - before.Megabytes:F1} MB, {after.Threads - before.Threads} threads, {after.Handles - before.Handles} handles"));
        }

        Rclcs.Shutdown(context);
        Task.WaitAll(spinning, sending);
        return 0;
    }

    private static async Task SendAsync(IPublisher<Image> publisher, CancellationToken cancellationToken)
    {
        var image = Trial.CreateImage();
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var start = Stopwatch.GetTimestamp();
                publisher.Publish(image);
                var ticks = Stopwatch.GetElapsedTime(start).Ticks;
                if (ticks > Interlocked.Read(ref _longestPublish))
                    Interlocked.Exchange(ref _longestPublish, ticks);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The trial is over.
        }
    }
}

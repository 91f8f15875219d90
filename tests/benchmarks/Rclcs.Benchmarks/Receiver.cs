using System.Globalization;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Benchmarks;

/// <summary>The receiving process of a measurement in one direction.</summary>
internal static class Receiver
{
    /// <summary>Receives so many messages, then prints one line for the sender.</summary>
    public static int Run(Payload payload, int count)
    {
        using var context = new Context();
        Rclcs.Init(context);
        using var node = Rclcs.CreateNode("receiver", context);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(context.ShutdownToken);
        var ages = new long[count];
        var received = 0;
        long allocated = 0, start = 0, end = 0;
        var busy = TimeSpan.Zero;
        using var subscription = node.CreateSubscription<Image>(
            Topics.There,
            (Image message) =>
            {
                if (message.Data.Length != payload.PixelBytes || message.Height != received)
                    throw new InvalidOperationException($"Message {message.Height} came where {received} was expected.");

                ages[received++] = Payload.Age(message);
                if (received == count / 2)
                {
                    allocated = GC.GetAllocatedBytesForCurrentThread();
                    busy = Environment.CpuUsage.TotalTime;
                    start = Payload.Now();
                }

                if (received == count)
                {
                    end = Payload.Now();
                    busy = Environment.CpuUsage.TotalTime - busy;
                    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
                    done.Cancel();
                }
            },
            Topics.Lossless);
        subscription.WaitForPublishers(1, Timeout.InfiniteTimeSpan, context.ShutdownToken);
        Console.WriteLine("ready");
        Rclcs.Spin(node, context, done.Token);

        // The first half is warm-up.
        var statistics = new Statistics(ages[(count / 2)..received]);
        var measured = received - (count / 2);
        var rate = measured / ((end - start) / 1e9);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{received} {statistics.Median:F1} {statistics.P99:F1} {rate:F0} {allocated / (double)measured:F1} {busy.TotalMicroseconds / measured:F0}"));
        return 0;
    }
}

using System.Globalization;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Benchmarks;

/// <summary>The receiving process of a measurement, as peers/measure.h describes it.</summary>
internal static class Receiver
{
    /// <summary>Receives so many messages, then prints in one line what that cost and how old they were.</summary>
    public static int Run(Payload payload, int count)
    {
        using var context = new Context();
        Rclcs.Init(context);
        using var node = Rclcs.CreateNode("receiver", context);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(context.ShutdownToken);
        var ages = new long[count];
        var received = 0;
        long allocated = 0, start = 0, duration = 0;
        var busy = TimeSpan.Zero;
        using var subscription = node.CreateSubscription<Image>(
            Topic.Name,
            message =>
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
                    duration = Payload.Now() - start;
                    busy = Environment.CpuUsage.TotalTime - busy;
                    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
                    done.Cancel();
                }
            },
            Topic.Lossless);
        subscription.WaitForPublishers(1, Timeout.InfiniteTimeSpan, context.ShutdownToken);
        Console.WriteLine("ready");
        Rclcs.Spin(node, context, done.Token);

        // The first half is warm-up.
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{busy.TotalNanoseconds} {duration} {allocated} {string.Join(' ', ages[(count / 2)..])}"));
        return 0;
    }
}

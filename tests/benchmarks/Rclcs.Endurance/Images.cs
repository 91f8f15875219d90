using System.Diagnostics;
using System.Globalization;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Endurance;

/// <summary>Images from one process to another for minutes, as many as get through without losing one.</summary>
internal static class Images
{
    private const string Topic = "image";
    private const int Rows = 20;

    private static QosProfile Lossless { get; } = QosProfile.Default with { History = HistoryPolicy.KeepAll };

    /// <summary>The receiving process: answers each line on standard input with what it has received and allocated so far.</summary>
    public static int Receive()
    {
        using var context = new Context();
        Rclcs.Init(context);
        using var node = Rclcs.CreateNode("receiver", context);
        long received = 0;
        long allocated = 0;
        using var subscription = node.CreateOwnedSubscription<Image>(
            Topic,
            image =>
            {
                using (image)
                {
                    if (image.Message.Height != received)
                        throw new InvalidOperationException($"Image {image.Message.Height} came where {received} was expected.");

                    Volatile.Write(ref received, received + 1);
                    Volatile.Write(ref allocated, GC.GetAllocatedBytesForCurrentThread());
                }
            },
            Lossless);
        var spinning = Rclcs.SpinAsync(node, context);
        while (Console.ReadLine() is not null)
            Console.WriteLine($"{Volatile.Read(ref received)} {Volatile.Read(ref allocated)} {GC.CollectionCount(0)}");

        Rclcs.Shutdown(context);
        spinning.Wait();
        return 0;
    }

    /// <summary>Sends for so long and prints what both processes hold.</summary>
    public static int Run(TimeSpan duration)
    {
        Trial.ChooseDomain();
        using var context = new Context();
        Rclcs.Init(context);
        using var node = Rclcs.CreateNode("sender", context);
        using var publisher = node.CreatePublisher<Image>(Topic, Lossless);
        using var receiver = new OtherProcess("receive");
        Trial.Require(publisher.WaitForSubscriptions(1, Trial.Patience), "The receiver was not found.");

        Console.WriteLine("| after s | images | per second | receiver MB | its bytes allocated per image | its collections | sender MB | its bytes allocated per image |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        var image = Trial.CreateImage();
        var start = Stopwatch.GetTimestamp();
        (long Received, long Allocated, long Sent, long SentAllocated) last = default;
        uint sent = 0;
        for (var row = 1; row <= Rows; row++)
        {
            while (Stopwatch.GetElapsedTime(start) < duration * row / Rows)
            {
                image.Height = sent++;
                publisher.Publish(image);
            }

            var sentAllocated = GC.GetAllocatedBytesForCurrentThread();
            receiver.WriteLine();
            var counts = receiver.ReadLine().Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            var perImage = (counts[1] - last.Allocated) / (double)(counts[0] - last.Received);
            var perSentImage = (sentAllocated - last.SentAllocated) / (double)(sent - last.Sent);
            var rate = (counts[0] - last.Received) / (duration.TotalSeconds / Rows);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} | {counts[0]} | {rate:F0} | {receiver.Health.Megabytes:F1} | {perImage:F2} | {counts[2]} | {Health.Of(Environment.ProcessId).Megabytes:F1} | {perSentImage:F2} |"));
            last = (counts[0], counts[1], sent, GC.GetAllocatedBytesForCurrentThread());
        }

        return 0;
    }
}

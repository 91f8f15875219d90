using System.Diagnostics;
using System.Globalization;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Benchmarks;

/// <summary>All measurements, one after the other, each between two processes on the loopback interface.</summary>
internal static class Suite
{
    private const double CameraRate = 30;
    private const double AsFastAsPossible = double.PositiveInfinity;

    /// <summary>Measures and prints a table.</summary>
    /// <param name="duration">Of each measurement, of which the first half is warm-up.</param>
    public static int Run(TimeSpan duration)
    {
        Environment.SetEnvironmentVariable("ROS_DOMAIN_ID", $"{Random.Shared.Next(1, 102)}");
        Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        Environment.SetEnvironmentVariable(
            "CYCLONEDDS_URI", "<General><Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces></General>");

        Console.WriteLine("| one way | messages | per second | median µs | 99% µs | allocated/message | receiver's CPU µs/message |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        OneWay("image, 30 Hz", Payload.Image, CameraRate, (int)(CameraRate * duration.TotalSeconds));
        OneWay("image, as fast as possible", Payload.Image, AsFastAsPossible, (int)(600 * duration.TotalSeconds));
        OneWay("64 bytes, 1 kHz", Payload.Small, 1000, (int)(1000 * duration.TotalSeconds));
        OneWay("64 bytes, as fast as possible", Payload.Small, AsFastAsPossible, (int)(50_000 * duration.TotalSeconds));

        Console.WriteLine();
        Console.WriteLine("| half of a round trip | rclcs median µs | 99% µs | ddsperf median µs | 99% µs | ratio of medians |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        RoundTrip("image, 30 Hz", Payload.Image, CameraRate, duration);
        RoundTrip("64 bytes, 1 kHz", Payload.Small, 1000, duration);
        return 0;
    }

    private static void OneWay(string name, Payload payload, double rate, int count)
    {
        using var context = new Context();
        Rclcs.Init(context);
        using var node = Rclcs.CreateNode("sender", context);
        using var publisher = node.CreatePublisher<Image>(Topics.There, Topics.Lossless);
        using var receiver = new OtherProcess("receive", payload.Name, count.ToString(CultureInfo.InvariantCulture));
        publisher.WaitForSubscriptions(1, Timeout.InfiniteTimeSpan);
        var message = payload.CreateMessage();
        var pace = new Pace(rate);
        for (var i = 0; i < count; i++)
        {
            pace.WaitForTurn();
            Payload.Stamp(message, i);
            publisher.Publish(message);
        }

        var result = receiver.ReadLine().Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {result[0]} | {result[3]} | {result[1]} | {result[2]} | {result[4]} | {result[5]} |"));
    }

    private static void RoundTrip(string name, Payload payload, double rate, TimeSpan duration)
    {
        var ours = MeasureRoundTrip(payload, rate, (int)(rate * duration.TotalSeconds));
        var reference = DdsPerf.MeasureRoundTrip(payload, rate, duration);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {ours.Median:F1} | {ours.P99:F1} | {reference.Median:F1} | {reference.P99:F1} | {ours.Median / reference.Median:F2} |"));
    }

    private static Statistics MeasureRoundTrip(Payload payload, double rate, int count)
    {
        using var context = new Context();
        Rclcs.Init(context);
        using var node = Rclcs.CreateNode("sender", context);
        using var publisher = node.CreatePublisher<Image>(Topics.There, Topics.Lossless);
        var ages = new List<long>(count);
        using var subscription = node.CreateSubscription<Image>(
            Topics.Back, (Image message) => ages.Add(Payload.Age(message) / 2), Topics.Lossless);
        using var echo = new OtherProcess("echo", payload.Name);
        publisher.WaitForSubscriptions(1, Timeout.InfiniteTimeSpan);
        subscription.WaitForPublishers(1, Timeout.InfiniteTimeSpan);
        var message = payload.CreateMessage();
        var pace = new Pace(rate);
        for (var i = 0; i < count; i++)
        {
            pace.WaitForTurn();
            Payload.Stamp(message, i);
            publisher.Publish(message);
            Rclcs.SpinOnce(node, context, timeoutSeconds: 5);
        }

        return new Statistics(ages.Skip(ages.Count / 2));
    }
}

using System.Globalization;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Benchmarks;

/// <summary>The sending process of a measurement, as peers/measure.h describes it.</summary>
internal static class Sender
{
    /// <summary>Sends so many messages when it is told to, then prints what that cost.</summary>
    /// <param name="payload">What to send.</param>
    /// <param name="rate">Messages a second; 0 for as many as possible.</param>
    /// <param name="count">How many.</param>
    public static int Run(Payload payload, double rate, int count)
    {
        using var context = new Context();
        Rclcs.Init(context);
        using var node = Rclcs.CreateNode("sender", context);
        using var publisher = node.CreatePublisher<Image>(Topic.Name, Topic.Lossless);
        publisher.WaitForSubscriptions(1, Timeout.InfiniteTimeSpan, context.ShutdownToken);
        Console.WriteLine("ready");
        var message = payload.CreateMessage();
        Console.ReadLine();
        var pace = new Pace(rate);
        var busy = TimeSpan.Zero;
        for (var i = 0; i < count; i++)
        {
            // The first half is warm-up.
            if (i == count / 2)
                busy = Environment.CpuUsage.TotalTime;

            pace.WaitForTurn();
            Payload.Stamp(message, i);
            publisher.Publish(message);
        }

        busy = Environment.CpuUsage.TotalTime - busy;
        Console.WriteLine(busy.TotalNanoseconds.ToString(CultureInfo.InvariantCulture));

        // Until the receiver has everything.
        Console.ReadLine();
        return 0;
    }
}

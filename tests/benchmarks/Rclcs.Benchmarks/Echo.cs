using Image = sensor_msgs.msg.Image;

namespace rclcs.Benchmarks;

/// <summary>The other process of a round trip: sends back what comes, until it is told to end.</summary>
internal static class Echo
{
    /// <summary>Runs until SIGTERM.</summary>
    public static int Run(Payload payload)
    {
        using var context = new Context();
        Rclcs.Init(context);
        using var node = Rclcs.CreateNode("echo", context);
        using var publisher = node.CreatePublisher<Image>(Topics.Back, Topics.Lossless);
        using var subscription = node.CreateSubscription<Image>(
            Topics.There,
            (Image message) =>
            {
                if (message.Data.Length == payload.PixelBytes)
                    publisher.Publish(message);
            },
            Topics.Lossless);
        publisher.WaitForSubscriptions(1, Timeout.InfiniteTimeSpan, context.ShutdownToken);
        subscription.WaitForPublishers(1, Timeout.InfiniteTimeSpan, context.ShutdownToken);
        Console.WriteLine("ready");
        Rclcs.Spin(node, context);
        return 0;
    }
}

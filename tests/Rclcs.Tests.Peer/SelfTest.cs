using Picture = sensor_msgs.msg.CompressedImage;
using SetBool = std_srvs.srv.SetBool;
using Text = std_msgs.msg.String;

namespace rclcs.Tests.Peer;

/// <summary>Two nodes of one process that use all that a middleware offers with each other, and print the results.</summary>
internal static class SelfTest
{
    private const int Messages = 200;
    private const int Pictures = 40;
    private const int Calls = 50;
    private const int Restarts = 100;

    /// <summary>Prints a line for each part.</summary>
    public static async Task RunAsync(INode listener, Context context)
    {
        using var talker = Rclcs.CreateNode("talker", context);
        using var executor = new Executor(context);
        executor.Add(listener);
        executor.Add(talker);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.ShutdownToken);
        var spinning = executor.SpinAsync(end.Token);

        await SendAsync(talker, listener);
        await SendPicturesAsync(talker, listener);
        await CallAsync(talker, listener);
        PrintGraph(talker, listener);
        await MismatchAsync(talker, listener);
        Restart(talker, listener);
        RefuseUnknownType(talker);

        await end.CancelAsync();
        await spinning.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    // Of growing size, so that buffers grow; one in flight at a time, so that none is dropped.
    private static async Task SendAsync(INode talker, INode listener)
    {
        using var publisher = talker.CreatePublisher<Text>("chatter");
        var received = new SemaphoreSlim(0);
        var bytes = 0L;
        var hasInfo = true;
        var start = talker.Clock.NowNanoseconds;
        using var subscription = listener.CreateOwnedSubscription<Text>("chatter", message =>
        {
            bytes += message.Message.Data.Length;
            hasInfo &= message.Info.SourceTimestamp >= start && message.Info.PublisherGid != default;
            message.Dispose();
            received.Release();
        });
        publisher.WaitForSubscriptions(1, Timeout.InfiniteTimeSpan);
        for (var i = 1; i <= Messages; i++)
        {
            publisher.Publish(new Text { Data = new string('a', i * i) });
            await received.WaitAsync();
        }

        Console.WriteLine($"heard {Messages} messages of {bytes} characters, info {hasInfo}, "
            + $"matched {publisher.SubscriptionCount} and {subscription.PublisherCount}");
    }

    // Large ones are lent to rcl and not copied, small ones are.
    private static async Task SendPicturesAsync(INode talker, INode listener)
    {
        using var publisher = talker.CreatePublisher<Picture>("pictures");
        using var received = new SemaphoreSlim(0);
        var seen = new List<(string FrameId, string Format, int Bytes, bool IsAsSent)>();
        var data = new byte[200_000];
        new Random(17).NextBytes(data);
        using var subscription = listener.CreateSubscription<Picture>("pictures", picture =>
        {
            seen.Add((picture.Header.FrameId, picture.Format, picture.Data.Length, picture.Data.Span.SequenceEqual(data.AsSpan(0, picture.Data.Length))));
            received.Release();
        });
        publisher.WaitForSubscriptions(1, Timeout.InfiniteTimeSpan);
        for (var i = 0; i < Pictures; i++)
        {
            publisher.Publish(new Picture { Header = { FrameId = "camera" }, Format = "jpeg", Data = data.AsMemory(0, i % 2 == 0 ? data.Length : 1000) });
            await received.WaitAsync();
        }

        Console.WriteLine($"saw {seen.Count(picture => picture is { FrameId: "camera", Format: "jpeg", IsAsSent: true })} pictures of "
            + $"{seen.Sum(picture => picture.Bytes)} bytes");
    }

    private static async Task CallAsync(INode talker, INode listener)
    {
        using var service = listener.CreateService("lamp", (SetBool.Request request) =>
            new SetBool.Response { Success = request.Data, Message = $"was {!request.Data}" });
        using var client = talker.CreateClient<SetBool.Request, SetBool.Response>("lamp");
        client.WaitForService(Timeout.InfiniteTimeSpan);
        var calls = Enumerable.Range(0, Calls).Select(i => client.CallAsync(new SetBool.Request { Data = i % 2 == 0 }));
        var answers = await Task.WhenAll(calls);
        Console.WriteLine($"called {Calls} times: {answers.Count(answer => answer is { Success: true, Message: "was False" })} on, "
            + $"{answers.Count(answer => answer is { Success: false, Message: "was True" })} off");
        Console.WriteLine($"/lamp is a {talker.Graph.GetServiceNamesAndTypes()["/lamp"][0]}");
    }

    private static void PrintGraph(INode talker, INode listener)
    {
        using var publisher = talker.CreatePublisher<Text>("seen", QosProfile.Latched);
        using var subscription = listener.CreateSubscription<Text>("seen", _ => { }, QosProfile.SensorData);
        Console.WriteLine($"nodes {string.Join(' ', talker.Graph.GetNodeNames().Select(node => node.Name).Order())}");
        foreach (var endpoint in talker.Graph.GetPublishersInfo("seen").Concat(talker.Graph.GetSubscriptionsInfo("seen")))
        {
            Console.WriteLine($"{endpoint.TopicName} {endpoint.TypeName} {endpoint.TypeHash} of {endpoint.Node.Name}: "
                + $"{endpoint.Qos.Reliability} {endpoint.Qos.Durability} {endpoint.Qos.Depth}, gid {endpoint.Gid != default}");
        }
    }

    private static async Task MismatchAsync(INode talker, INode listener)
    {
        var policies = new TaskCompletionSource<QosPolicyKind>();
        using var publisher = talker.CreatePublisher<Text>("mismatched", QosProfile.SensorData);
        publisher.IncompatibleQos += policy => policies.TrySetResult(policy);
        using var subscription = listener.CreateSubscription<Text>("mismatched", _ => { });
        Console.WriteLine($"mismatch of {await policies.Task}, matched {publisher.SubscriptionCount}");
    }

    // Subscriptions come and go under traffic, while the executor waits for them.
    private static void Restart(INode talker, INode listener)
    {
        using var publisher = talker.CreatePublisher<Text>("restarting");
        for (var i = 0; i < Restarts; i++)
        {
            using var received = new ManualResetEventSlim();
            using var subscription = listener.CreateSubscription<Text>("restarting", _ => received.Set());
            publisher.WaitForSubscriptions(1, Timeout.InfiniteTimeSpan);
            publisher.Publish(new Text { Data = "still there?" });
            received.Wait();
        }

        Console.WriteLine($"heard by {Restarts} subscriptions");
    }

    private static void RefuseUnknownType(INode talker)
    {
        foreach (var type in new[] { "absent_msgs/msg/Thing", "geometry_msgs/msg/Twist" })
        {
            try
            {
                talker.CreateGenericPublisher("thing", type);
            }
            catch (RuntimeError error)
            {
                Console.WriteLine(error.Message);
            }
        }
    }
}

using System.Globalization;
using rclcs;
using rclcs.Tests.Peer;

// The other process of the tests. It says 'ready' when it is connected, and ends at SIGTERM or when its
// work is done.
return args is ["echo" or "listen" or "serve" or "show" or "self-test" or "hang", ..] ? Rclcs.Run("peer", args, Work) : Usage();

static int Usage()
{
    Console.Error.WriteLine("usage: echo <in> <out> | listen <topic> <warm-up> <count> | serve <service> | show | self-test | hang,"
        + " then --ros-args …");
    return 2;
}

static int Work(Context context)
{
    using var node = Rclcs.CreateNode("peer", context);
    if (context.Arguments is ["echo", var source, var target])
        Echo(node, source, target);
    else if (context.Arguments is ["listen", var topic, var warmUp, var count])
        Listen(node, topic, int.Parse(warmUp, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture));
    else if (context.Arguments is ["show"])
        ShownNodes.Run(node, context);
    else if (context.Arguments is ["self-test"])
        SelfTest.RunAsync(node, context).GetAwaiter().GetResult();
    else if (context.Arguments is ["hang"])
        Hang(node);
    else if (context.Arguments is ["serve", var service])
        Serve(node, service);

    Console.WriteLine("done");
    return 0;
}

// Sends every image back as it came: the pixels go out straight from the received memory.
static void Echo(INode node, string source, string target)
{
    using var publisher = node.CreatePublisher<sensor_msgs.msg.Image>(target);
    using var subscription = node.CreateSubscription<sensor_msgs.msg.Image>(source, publisher.Publish);
    publisher.WaitForSubscriptions(1, Timeout.InfiniteTimeSpan, node.Context.ShutdownToken);
    subscription.WaitForPublishers(1, Timeout.InfiniteTimeSpan, node.Context.ShutdownToken);
    Console.WriteLine("ready");
    Rclcs.Spin(node, node.Context);
}

// Has a callback that never returns.
static void Hang(INode node)
{
    node.Context.ShutdownToken.Register(() => Console.WriteLine("asked to end"));
    using var timer = node.CreateWallTimer(TimeSpan.FromMilliseconds(1), () =>
    {
        Console.WriteLine("ready");
        Thread.Sleep(Timeout.Infinite);
    });
    Rclcs.Spin(node, node.Context);
}

// Answers what it is asked to set.
static void Serve(INode node, string name)
{
    using var service = node.CreateService<std_srvs.srv.SetBool.Request, std_srvs.srv.SetBool.Response>(
        name, request => new std_srvs.srv.SetBool.Response { Success = request.Data });
    Console.WriteLine("ready");
    Rclcs.Spin(node, node.Context);
}

// Counts what the receiving thread allocates on the managed heap after the first messages.
static void Listen(INode node, string topic, int warmUp, int count)
{
    using var done = CancellationTokenSource.CreateLinkedTokenSource(node.Context.ShutdownToken);
    var received = 0;
    long before = 0;
    long after = 0;
    long bytes = 0;
    using var subscription = node.CreateOwnedSubscription<sensor_msgs.msg.Image>(
        topic,
        message =>
        {
            using (message)
                bytes += message.Message.Data.Length;

            received++;
            if (received == warmUp)
                before = GC.GetAllocatedBytesForCurrentThread();

            if (received == warmUp + count)
            {
                after = GC.GetAllocatedBytesForCurrentThread();
                done.Cancel();
            }
        });
    subscription.WaitForPublishers(1, Timeout.InfiniteTimeSpan, node.Context.ShutdownToken);
    Console.WriteLine("ready");
    Rclcs.Spin(node, node.Context, done.Token);
    Console.WriteLine($"received={received} bytes={bytes} allocated={after - before}");
}

using System.Diagnostics;
using System.Globalization;
using Text = std_msgs.msg.String;

namespace rclcs.Endurance;

/// <summary>Many nodes in one graph. Each publishes five topics and subscribes to the five of the next node.</summary>
internal static class ManyNodes
{
    private const int TopicsEach = 5;

    /// <summary>A process with some of the nodes: says how long it took to create them and to find all others, then waits for its end.</summary>
    public static int Host(int first, int count, int total)
    {
        var start = Stopwatch.GetTimestamp();
        using var context = new Context();
        Rclcs.Init(context);
        using var executor = new Executor(context);
        var subscriptions = new List<ISubscription>();
        var nodes = new List<INode>();
        for (var i = first; i < first + count; i++)
        {
            var node = Rclcs.CreateNode($"node_{i}", context);
            nodes.Add(node);
            executor.Add(node);
            for (var topic = 0; topic < TopicsEach; topic++)
            {
                node.CreatePublisher<Text>($"topic_{i}_{topic}");
                subscriptions.Add(node.CreateSubscription<Text>($"topic_{(i + 1) % total}_{topic}", (Text _) => { }));
            }
        }

        var created = Stopwatch.GetElapsedTime(start);
        var spinning = executor.SpinAsync();
        var any = nodes[0];
        Trial.Require(
            any.Graph.WaitFor(() => any.Graph.GetNodeNames().Count >= total, Trial.Patience), "Not all nodes were found.");
        Trial.Require(
            any.Graph.WaitFor(
                () => any.Graph.GetTopicNamesAndTypes().Keys.Count(name => name.StartsWith("/topic_", StringComparison.Ordinal))
                    == total * TopicsEach,
                Trial.Patience),
            "Not all topics were found.");
        foreach (var subscription in subscriptions)
            Trial.Require(subscription.WaitForPublishers(1, Trial.Patience), $"{subscription.TopicName} has no publisher.");

        var complete = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{created.TotalSeconds:F2} {complete.TotalSeconds:F2}"));
        spinning.Wait();
        return 0;
    }

    /// <summary>Starts the processes, waits until all have found all, and prints what they hold.</summary>
    public static int Run(int processes, int nodes)
    {
        Trial.ChooseDomain();
        var total = processes * nodes;
        var start = Stopwatch.GetTimestamp();
        var hosts = Enumerable.Range(0, processes)
            .Select(i => new OtherProcess("host", $"{i * nodes}", $"{nodes}", $"{total}"))
            .ToArray();
        var times = hosts
            .Select(host => host.ReadLine().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
        var complete = Stopwatch.GetElapsedTime(start);
        var health = hosts.Select(host => host.Health).ToArray();
        Console.WriteLine("| processes | nodes of each | created after s | all found all after s | MB of each | threads of each | handles of each |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {processes} | {nodes} | {times.Max(time => time[0]):F1} | {complete.TotalSeconds:F1} | {health.Average(host => host.Megabytes):F0} | {health.Average(host => host.Threads):F0} | {health.Average(host => host.Handles):F0} |"));
        foreach (var host in hosts)
            host.Dispose();

        return 0;
    }
}

namespace rclcs.Tests.Support;

internal static class Graphs
{
    /// <summary>
    /// The only publisher of a topic, once the graph knows it: a message may arrive before the news of who sent it.
    /// </summary>
    public static TopicEndpointInfo AwaitPublisher(this NodeGraph graph, string topic)
    {
        Assert.That(graph.WaitFor(() => graph.CountPublishers(topic) == 1, Within.Time), Is.True, $"One publisher on {topic}");
        return graph.GetPublishersInfo(topic).Single();
    }
}

using System.Diagnostics;
using rclcs.Middleware;

namespace rclcs;

/// <summary>The nodes, topics and services of a node's domain, as far as discovered: <see cref="INode.Graph"/>.</summary>
/// <remarks>
/// All members may be called from any thread, and none needs spinning. Topics are named as for
/// <see cref="INode.CreatePublisher{T}"/>.
/// </remarks>
/// <example><code>node.Graph.WaitFor(() => node.Graph.CountSubscribers("chatter") > 0, TimeSpan.FromSeconds(5))</code></example>
public sealed class NodeGraph
{
    private readonly Node _node;

    internal NodeGraph(Node node) => _node = node;

    private IGraph Graph => _node.Context.Middleware.Graph;

    /// <summary>All nodes.</summary>
    public IReadOnlyList<NodeNameAndNamespace> GetNodeNames() => Graph.GetNodes();

    /// <summary>All topics with their types; without those of other programs whose names no ROS topic can have.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> GetTopicNamesAndTypes() => Graph
        .GetTopicEndpoints()
        .GroupBy(endpoint => endpoint.TopicName)
        .Where(topic => NameRules.IsExpandedTopic(topic.Key))
        .ToDictionary(
            topic => topic.Key,
            topic => (IReadOnlyList<string>)[.. topic.Select(endpoint => endpoint.TypeName).Distinct()]);

    /// <summary>All services that have a server; on librcl, as rcl has it, also those that have clients only, with their types.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> GetServiceNamesAndTypes() => Graph
        .GetServices()
        .GroupBy(service => service.Name)
        .ToDictionary(
            service => service.Key, service => (IReadOnlyList<string>)[.. service.Select(one => one.Type)]);

    /// <summary>The publishers of a topic.</summary>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    public IReadOnlyList<TopicEndpointInfo> GetPublishersInfo(string topic) => FindEndpoints(topic, isPublisher: true);

    /// <summary>The subscriptions of a topic.</summary>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    public IReadOnlyList<TopicEndpointInfo> GetSubscriptionsInfo(string topic) => FindEndpoints(topic, isPublisher: false);

    /// <summary>How many publishers a topic has.</summary>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    public int CountPublishers(string topic) => GetPublishersInfo(topic).Count;

    /// <summary>How many subscriptions a topic has.</summary>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    public int CountSubscribers(string topic) => GetSubscriptionsInfo(topic).Count;

    /// <summary>Waits until a condition holds, evaluating it again at every change of the graph.</summary>
    /// <param name="condition">Called on this thread.</param>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait, as a shutdown of the context does.</param>
    /// <returns>Whether it holds.</returns>
    public bool WaitFor(Func<bool> condition, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _node.Context.ShutdownToken);
        var graph = Graph;
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var version = graph.Version;
            if (condition())
                return true;

            var left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - Stopwatch.GetElapsedTime(start);
            if (timeout != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero)
                return false;

            if (!graph.WaitForChange(version, left, end.Token))
                return false;
        }
    }

    /// <summary>Like <see cref="WaitFor"/>, but blocks no thread.</summary>
    /// <param name="condition">Called at once, and then on threads of the pool.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the condition holds; canceled by the token, or when the context is shut down.</returns>
    public async Task WaitForAsync(Func<bool> condition, CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _node.Context.ShutdownToken);
        var graph = Graph;

        // Not disposed: a change may still be signaled after the handler is gone.
        var changes = new SemaphoreSlim(0);
        graph.Changed += Count;
        try
        {
            while (!condition())
                await changes.WaitAsync(end.Token).ConfigureAwait(false);
        }
        finally
        {
            graph.Changed -= Count;
        }

        void Count() => changes.Release();
    }

    private List<TopicEndpointInfo> FindEndpoints(string topic, bool isPublisher) =>
        [.. Graph.GetTopicEndpoints(_node.ResolveTopicName(topic)).Where(endpoint => endpoint.IsPublisher == isPublisher)];
}

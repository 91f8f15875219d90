using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>
/// Asks rcl about the graph, by way of one of the context's nodes; and waits on a thread of its own for changes of it and
/// for what happens to the context's endpoints.
/// </summary>
internal sealed unsafe class RclGraph : MiddlewareGraph, IDisposable
{
    private static readonly TimeSpan PollingPeriod = TimeSpan.FromMilliseconds(100);

    private readonly List<RclNode> _nodes = [];
    private readonly RclWaitSet _waitSet;
    private readonly RclGuardCondition _wakeUp;
    private readonly Thread _thread;
    private RclGuardCondition? _changed;
    private volatile IRclWatched[] _watched = [];
    private volatile bool _stopping;

    /// <summary>Starts to watch.</summary>
    public RclGraph(RclHandle context)
    {
        _waitSet = new RclWaitSet(context);
        _wakeUp = new RclGuardCondition(context);
        _waitSet.Attach(_wakeUp);
        _thread = new Thread(Follow) { IsBackground = true, Name = "rclcs graph" };
        _thread.Start();
    }

    /// <summary>Asks through this node too.</summary>
    public void Add(RclNode node)
    {
        lock (StateLock)
        {
            _nodes.Add(node);
            FollowFirstNode();
        }
    }

    /// <summary>Asks through this node no more.</summary>
    public void Remove(RclNode node)
    {
        lock (StateLock)
        {
            _nodes.Remove(node);
            FollowFirstNode();
        }
    }

    /// <summary>Looks at it whenever something has happened, and as soon as can be.</summary>
    public void Watch(IRclWatched watched)
    {
        lock (StateLock)
            _watched = [.. _watched, watched];

        foreach (var @event in watched.Events)
            _waitSet.Attach(@event);

        _wakeUp.Trigger();
    }

    /// <summary>Looks at it no more.</summary>
    public void Unwatch(IRclWatched watched)
    {
        lock (StateLock)
            _watched = [.. _watched.Where(other => other != watched)];

        foreach (var @event in watched.Events)
            _waitSet.Detach(@event);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NodeNameAndNamespace> GetNodes() => Ask(node =>
    {
        RclStringArray names = default;
        RclStringArray namespaces = default;
        RclError.Check(
            Librcl.rcl_get_node_names(node, Librcl.rcutils_get_default_allocator(), &names, &namespaces),
            "The nodes of the graph cannot be listed");
        var nodes = new List<NodeNameAndNamespace>((int)names.Count);
        for (nuint i = 0; i < names.Count; i++)
            nodes.Add(new NodeNameAndNamespace(names[i], namespaces[i]));

        RclError.Forget(Librcl.rcutils_string_array_fini(&names));
        RclError.Forget(Librcl.rcutils_string_array_fini(&namespaces));
        return nodes;
    });

    /// <inheritdoc/>
    public override IReadOnlyList<TopicEndpointInfo> GetTopicEndpoints(string? topic) => Ask(node =>
    {
        var endpoints = new List<TopicEndpointInfo>();
        foreach (var name in topic is null ? GetTopics(node) : [topic])
        {
            AddEndpoints(node, name, isPublisher: true, endpoints);
            AddEndpoints(node, name, isPublisher: false, endpoints);
        }

        return endpoints;
    });

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Type)> GetServices() => Ask(node =>
    {
        var allocator = Librcl.rcutils_get_default_allocator();
        RclNamesAndTypes services = default;
        RclError.Check(
            Librcl.rcl_get_service_names_and_types(node, &allocator, &services),
            "The services of the graph cannot be listed");
        return Take(services);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        _wakeUp.Trigger();
        _thread.Join();
        _waitSet.Dispose();
        _wakeUp.Dispose();
        _changed?.Dispose();
    }

    private static IEnumerable<string> GetTopics(RclHandle node)
    {
        var allocator = Librcl.rcutils_get_default_allocator();
        RclNamesAndTypes topics = default;
        RclError.Check(
            Librcl.rcl_get_topic_names_and_types(node, &allocator, 0, &topics), "The topics of the graph cannot be listed");
        return Take(topics).Select(topic => topic.Name).Distinct();
    }

    /// <summary>Reads and frees.</summary>
    private static List<(string Name, string Type)> Take(RclNamesAndTypes namesAndTypes)
    {
        var taken = new List<(string Name, string Type)>();
        for (nuint i = 0; i < namesAndTypes.Names.Count; i++)
        {
            for (nuint j = 0; j < namesAndTypes.Types[i].Count; j++)
                taken.Add((namesAndTypes.Names[i], namesAndTypes.Types[i][j]));
        }

        RclError.Forget(Librcl.rcl_names_and_types_fini(&namesAndTypes));
        return taken;
    }

    private static void AddEndpoints(RclHandle node, string topic, bool isPublisher, List<TopicEndpointInfo> endpoints)
    {
        var allocator = Librcl.rcutils_get_default_allocator();
        RclEndpointArray found = default;
        RclError.Check(
            isPublisher
                ? Librcl.rcl_get_publishers_info_by_topic(node, &allocator, topic, 0, &found)
                : Librcl.rcl_get_subscriptions_info_by_topic(node, &allocator, topic, 0, &found),
            $"The endpoints of {topic} cannot be listed");
        for (nuint i = 0; i < found.Count; i++)
            endpoints.Add(RclEndpointInfo.Read(found, i, topic, isPublisher));

        RclError.Forget(Librcl.rmw_topic_endpoint_info_array_fini(&found, &allocator));
    }

    /// <summary>Asks through a node. Without one, nothing is known.</summary>
    private List<T> Ask<T>(Func<RclHandle, List<T>> question)
    {
        RclHandle? node;
        lock (StateLock)
        {
            node = _nodes.FirstOrDefault()?.Handle;
            if (node is null || !node.TryAddRef())
                return [];
        }

        try
        {
            return question(node);
        }
        finally
        {
            node.DangerousRelease();
        }
    }

    // All nodes of a context share what happens in the graph: one guard condition is enough.
    private void FollowFirstNode()
    {
        if (_changed is not null)
            _waitSet.Detach(_changed);

        _changed?.Dispose();
        _changed = _nodes.Count == 0 ? null : RclGuardCondition.OfGraph(_nodes[0].Handle);
        if (_changed is not null)
            _waitSet.Attach(_changed);

        SignalChange();
    }

    private void Follow()
    {
        var ready = new List<IWaitable>();
        var hasChanged = false;
        while (!_stopping)
        {
            // rmw signals a change before all of it can be read: hence the second look.
            var looksAgain = hasChanged || _watched.Any(watched => watched.NeedsPolling);
            _waitSet.Wait(looksAgain ? PollingPeriod : Timeout.InfiniteTimeSpan, ready);
            hasChanged = ready.Any(waitable => waitable is RclGuardCondition);
            foreach (var watched in _watched)
                hasChanged |= watched.Refresh(ready);

            if (hasChanged)
            {
                lock (StateLock)
                    SignalChange();
            }
        }
    }
}

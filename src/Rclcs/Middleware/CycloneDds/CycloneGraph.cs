using rclcs.Middleware.CycloneDds.Interop;
using rclcs.Serialization;

namespace rclcs.Middleware.CycloneDds;

/// <summary>
/// Follows the domain on a thread of its own: participants and endpoints from Cyclone DDS's built-in topics, nodes
/// from <c>ros_discovery_info</c>.
/// </summary>
internal sealed unsafe class CycloneGraph : MiddlewareGraph, IDisposable
{
    private readonly Dictionary<Gid, IReadOnlyList<NodeDiscoveryInfo>> _nodes = [];
    private readonly Dictionary<Gid, DdsEndpoint> _endpoints = [];
    private readonly int _gidSize;
    private readonly Gid _ownParticipant;
    private readonly CycloneReader _discovery;
    private readonly BuiltinReader _participants;
    private readonly BuiltinReader _publications;
    private readonly BuiltinReader _subscriptions;
    private readonly CycloneGuardCondition _stop;
    private readonly CycloneWaitSet _waitSet;
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <summary>Starts to follow.</summary>
    public CycloneGraph(CycloneContext context, int gidSize)
    {
        _gidSize = gidSize;
        _ownParticipant = context.Gid;
        _discovery = CreateDiscoveryReader(context);
        _participants = new BuiltinReader(context, DdsConstants.BuiltinTopicParticipant);
        _publications = new BuiltinReader(context, DdsConstants.BuiltinTopicPublication);
        _subscriptions = new BuiltinReader(context, DdsConstants.BuiltinTopicSubscription);
        _stop = new CycloneGuardCondition(context);
        _waitSet = new CycloneWaitSet(context);
        foreach (var waitable in new IWaitable[] { _discovery, _participants, _publications, _subscriptions, _stop })
            _waitSet.Attach(waitable);

        _thread = new Thread(Follow) { IsBackground = true, Name = "rclcs graph" };
        _thread.Start();
    }

    /// <summary>Our own participant's nodes, which do not come over the network.</summary>
    public void Update(DiscoveryInfo info)
    {
        lock (StateLock)
        {
            _nodes[info.Participant] = info.Nodes;
            SignalChange();
        }
    }

    /// <summary>Endpoints of ours have been connected, which the built-in topics announced before.</summary>
    public void NoticeMatch()
    {
        lock (StateLock)
            SignalChange();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NodeNameAndNamespace> GetNodes()
    {
        lock (StateLock)
            return [.. _nodes.Values.SelectMany(nodes => nodes).Select(node => node.Node)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TopicEndpointInfo> GetTopicEndpoints(string? topic)
    {
        lock (StateLock)
        {
            var nodes = new Dictionary<Gid, NodeNameAndNamespace>();
            foreach (var node in _nodes.Values.SelectMany(nodes => nodes))
            {
                foreach (var gid in node.Readers.Concat(node.Writers))
                    nodes[gid] = node.Node;
            }

            var endpoints = new List<TopicEndpointInfo>();
            foreach (var (gid, endpoint) in _endpoints)
            {
                if (DdsNames.TryToRosTopic(endpoint.Topic, out var name) && (topic is null || topic == name))
                {
                    endpoints.Add(new TopicEndpointInfo(
                        nodes.GetValueOrDefault(gid, new NodeNameAndNamespace("", "")),
                        name,
                        DdsNames.ToRosType(endpoint.Type),
                        endpoint.TypeHash,
                        endpoint.IsWriter,
                        gid,
                        endpoint.Qos));
                }
            }

            return endpoints;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Type)> GetServices()
    {
        lock (StateLock)
        {
            var services = new HashSet<(string Name, string Type)>();
            foreach (var endpoint in _endpoints.Values)
            {
                if (!endpoint.IsWriter && DdsNames.TryToRosService(endpoint.Topic, out var name))
                    services.Add((name, DdsNames.ToRosServiceType(endpoint.Type)));
            }

            return [.. services];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        _stop.Trigger();
        _thread.Join();
        _waitSet.Dispose();
        _stop.Dispose();
        _discovery.Dispose();
        _participants.Dispose();
        _publications.Dispose();
        _subscriptions.Dispose();
    }

    private static CycloneReader CreateDiscoveryReader(CycloneContext context)
    {
        using var qos = DdsQos.Create(DiscoveryPublisher.Qos with { History = HistoryPolicy.KeepAll }, DiscoveryInfo.TypeHash);
        Ddsc.dds_qset_ignorelocal(qos.Pointer, DdsConstants.IgnoreLocalParticipant);
        return new CycloneReader(context, DiscoveryInfo.TopicName, DiscoveryInfo.TypeName, qos, listener: 0);
    }

    private void Follow()
    {
        var ready = new List<IWaitable>();
        while (true)
        {
            _waitSet.Wait(Timeout.InfiniteTimeSpan, ready);
            if (_stopping)
                return;

            lock (StateLock)
            {
                TakeDiscoveryInfo();
                _publications.Take((sample, info) => TakeEndpoint((DdsBuiltinEndpoint*)sample, info, isWriter: true));
                _subscriptions.Take((sample, info) => TakeEndpoint((DdsBuiltinEndpoint*)sample, info, isWriter: false));
                _participants.Take((sample, info) => TakeParticipant((DdsBuiltinParticipant*)sample, info));
                SignalChange();
            }
        }
    }

    private void TakeDiscoveryInfo()
    {
        using var bytes = new UnmanagedMemory();
        while (_discovery.TryTake(out var message, out _))
        {
            bytes.Set(message.Data, message.Length);
            try
            {
                var reader = new CdrReader(bytes.Memory);
                var info = new DiscoveryInfo(_gidSize);
                info.Deserialize(ref reader);
                _nodes[info.Participant] = info.Nodes;
            }
            catch (CdrException)
            {
                // A peer of another distribution, whose gids have another size: its nodes stay unnamed.
            }
            finally
            {
                bytes.Clear();
                message.Release();
            }
        }
    }

    private void TakeEndpoint(DdsBuiltinEndpoint* endpoint, DdsSampleInfo info, bool isWriter)
    {
        if (info.InstanceState != DdsConstants.AliveInstanceState)
        {
            _endpoints.Remove(endpoint->Key);
        }
        else if (info.ValidData != 0)
        {
            _endpoints[endpoint->Key] = new DdsEndpoint(
                DdsText.FromNullTerminated(endpoint->TopicName),
                DdsText.FromNullTerminated(endpoint->TypeName),
                UserData.FindTypeHash(DdsQos.GetUserData(endpoint->Qos)),
                DdsQos.ToProfile(endpoint->Qos),
                isWriter);
        }
    }

    private void TakeParticipant(DdsBuiltinParticipant* participant, DdsSampleInfo info)
    {
        if (info.InstanceState != DdsConstants.AliveInstanceState && participant->Key != _ownParticipant)
            _nodes.Remove(participant->Key);
    }

    private sealed record DdsEndpoint(string Topic, string Type, string TypeHash, QosProfile Qos, bool IsWriter);
}

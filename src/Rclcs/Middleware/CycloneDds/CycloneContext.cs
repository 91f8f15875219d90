using System.Buffers.Binary;
using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>A participant, which as in ROS 2 is one a context, with its nodes.</summary>
internal sealed unsafe class CycloneContext : IMiddlewareContext
{
    private readonly Lock _nodesLock = new();
    private readonly List<CycloneNode> _nodes = [];
    private readonly DdsDomain _domain;
    private readonly DdsEntity _participant;
    private readonly DiscoveryPublisher _discovery;
    private readonly CycloneGraph _graph;
    private readonly int _gidSize;
    private int _serviceEnds;
    private bool _disposed;

    /// <summary>Joins the domain.</summary>
    public CycloneContext(MiddlewareOptions options)
    {
        var userConfiguration = Environment.GetEnvironmentVariable("CYCLONEDDS_URI");
        _domain = DdsDomain.Open(options.DomainId, DomainConfiguration.Create(options, userConfiguration), options.Security);
        try
        {
            _participant = CreateParticipant(options);
            Publisher = Ddsc.dds_create_publisher(_participant.Id, 0, 0);
            Subscriber = Ddsc.dds_create_subscriber(_participant.Id, 0, 0);
            _gidSize = options.GidSize;
            HasServices = options.HasServices;
            Gid gid;
            DdsError.Check(Ddsc.dds_get_guid(_participant.Id, &gid), "The participant has no identity");
            Gid = gid;
            _discovery = new DiscoveryPublisher(this);
            _graph = new CycloneGraph(this, options.GidSize);
        }
        catch
        {
            _participant?.Dispose();
            _domain.Dispose();
            throw;
        }
    }

    /// <summary>Identity of the participant.</summary>
    public Gid Gid { get; }

    /// <summary>The participant.</summary>
    public int Participant => _participant.Id;

    /// <summary>The DDS publisher of all writers.</summary>
    public int Publisher { get; }

    /// <summary>The DDS subscriber of all readers.</summary>
    public int Subscriber { get; }

    /// <inheritdoc/>
    public string? Warning { get; private set; }

    /// <inheritdoc/>
    public bool HasServices { get; }

    /// <inheritdoc/>
    public IGraph Graph => _graph;

    /// <inheritdoc/>
    public IMiddlewareNode CreateNode(string name, string nodeNamespace)
    {
        var node = new CycloneNode(this, new NodeNameAndNamespace(name, nodeNamespace));
        lock (_nodesLock)
            _nodes.Add(node);

        AnnounceNodes();
        return node;
    }

    /// <inheritdoc/>
    public IGuardCondition CreateGuardCondition() => new CycloneGuardCondition(this);

    /// <inheritdoc/>
    public IWaitSet CreateWaitSet() => new CycloneWaitSet(this);

    /// <summary>
    /// A name for a service or client that no other has: like a GUID of the participant, with a number of its own, the
    /// 16 bytes in hexadecimal with dots between them.
    /// </summary>
    public string CreateServiceEndId()
    {
        Span<byte> bytes = stackalloc byte[Gid.Size];
        Gid.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], Interlocked.Increment(ref _serviceEnds));
        return string.Join('.', bytes.ToArray().Select(value => $"{value:x}"));
    }

    /// <summary>Lets those look again who wait for the graph.</summary>
    public void NoticeMatch() => _graph.NoticeMatch();

    /// <summary>Takes a node away.</summary>
    public void Remove(CycloneNode node)
    {
        lock (_nodesLock)
            _nodes.Remove(node);

        AnnounceNodes();
    }

    /// <summary>Announces all nodes and endpoints to the domain, after each change.</summary>
    public void AnnounceNodes()
    {
        // Held while sending, or an older state could be the last one sent.
        lock (_nodesLock)
        {
            if (_disposed)
                return;

            var info = new DiscoveryInfo(_gidSize)
            {
                Participant = Gid,
                Nodes = [.. _nodes.Select(node => node.GetDiscoveryInfo())],
            };
            _discovery.Publish(info);
            _graph.Update(info);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_nodesLock)
        {
            if (_disposed)
                return;

            _disposed = true;
        }

        // Own threads first: they use what goes next.
        _graph.Dispose();
        _discovery.Dispose();
        _participant.Dispose();
        _domain.Dispose();
    }

    private DdsEntity CreateParticipant(MiddlewareOptions options)
    {
        using var qos = new DdsQos();
        qos.SetUserData(UserData.ForParticipant(options.Enclave));
        var failure = $"Domain {options.DomainId} cannot be joined";
        if (options.Security is { } security)
        {
            Warning = DdsSecurity.Configure(qos, security);
            if (Warning is null)
                failure += $" with the keys and permissions in {security.Folder}";
        }

        return new DdsEntity(Ddsc.dds_create_participant((uint)options.DomainId, qos.Pointer, 0), failure);
    }
}

using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>The calling end of a service.</summary>
internal sealed unsafe class CycloneClient : CycloneServiceEnd, IMiddlewareClient
{
    private readonly Lock _serversLock = new();
    private readonly string _name;
    private readonly ulong _id;
    private long _sequenceNumber;
    private long _serversVersion = -1;
    private bool _hasForeignServer;

    /// <summary>Creates it.</summary>
    public CycloneClient(CycloneContext context, CycloneNode node, string name, ServiceType type, QosProfile qos)
        : base(
            context,
            node,
            ClientIdKey,
            read: (DdsNames.ToReplyTopic(name), type.Response),
            written: (DdsNames.ToRequestTopic(name), type.Request),
            qos)
    {
        _name = name;
        ulong handle;
        DdsError.Check(Ddsc.dds_get_instance_handle(Writer.Id, &handle), $"The client of {name} has no identity");
        _id = handle;
        Writer.MatchedCountChanged += _ => context.NoticeMatch();
        Reader.MatchedCountChanged += _ => context.NoticeMatch();
    }

    /// <inheritdoc/>
    public bool IsServiceAvailable
    {
        get
        {
            var servers = MatchedEndpoints.FindInReaders(Writer.Id, ServiceIdKey);
            servers.RemoveAll(id => id.Length == 0);
            return servers.Count > 0
                && MatchedEndpoints.FindInWriters(Reader.Id, ServiceIdKey).Exists(servers.Contains);
        }
    }

    /// <inheritdoc/>
    public long Send(OutgoingMessage request)
    {
        if (HasForeignServer())
        {
            Discard(request);
            throw new RuntimeError(
                $"A request to the service {_name} is not sent, as a server of it is not on Cyclone DDS and could take harm: "
                + "let it run with RMW_IMPLEMENTATION=rmw_cyclonedds_cpp.");
        }

        var number = Interlocked.Increment(ref _sequenceNumber);
        Writer.Write(new CallHeader(_id, number).PutOn(request));
        return number;
    }

    /// <inheritdoc/>
    public bool TryTakeResponse(out IncomingMessage response, out long sequenceNumber)
    {
        while (Reader.TryTake(out var whole, out _))
        {
            response = CallHeader.TakeOff(whole, out var header);
            sequenceNumber = header.SequenceNumber;
            if (header.Client == _id)
                return true;

            // All clients of a service receive all responses.
            response.Release();
        }

        response = default;
        sequenceNumber = 0;
        return false;
    }

    private bool HasForeignServer()
    {
        lock (_serversLock)
        {
            var version = Writer.MatchVersion;
            if (_serversVersion != version)
            {
                _hasForeignServer = MatchedEndpoints.FindInReaders(Writer.Id, ServiceIdKey).Contains("");
                _serversVersion = version;
            }

            return _hasForeignServer;
        }
    }
}

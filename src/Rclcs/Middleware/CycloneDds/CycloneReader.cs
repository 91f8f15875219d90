using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>A DDS reader of serialized samples, and the condition that it has some.</summary>
internal sealed unsafe class CycloneReader : IMessageOwner, ICycloneWaitable, IDisposable
{
    private const int MaxKnownPublishers = 64;

    private readonly Lock _publishersLock = new();
    private readonly Dictionary<ulong, Gid> _publishers = [];
    private readonly string _topic;
    private readonly DdsEntity _entity;

    /// <summary>Creates it; the arguments are those of <see cref="CycloneTopic.CreateReader"/>.</summary>
    public CycloneReader(CycloneContext context, string topic, string type, DdsQos qos, nint listener)
    {
        _topic = topic;
        _entity = CycloneTopic.CreateReader(context, topic, type, qos, listener);
        Condition = DdsError.Check(
            Ddsc.dds_create_readcondition(_entity.Id, DdsConstants.AnyState), $"{topic} cannot be waited for");
    }

    /// <summary>The reader.</summary>
    public int Id => _entity.Id;

    /// <summary>Triggered as long as there is something to take.</summary>
    public int Condition { get; }

    /// <summary>See <see cref="IMiddlewareSubscription.TryTake"/>.</summary>
    /// <param name="message">The message.</param>
    /// <param name="writer">Instance handle of the writer that it came from.</param>
    public bool TryTake(out IncomingMessage message, out ulong writer)
    {
        while (true)
        {
            nint serdata = 0;
            DdsSampleInfo info;
            var count = Ddsc.dds_takecdr(_entity.Id, &serdata, 1, &info, DdsConstants.AnyState);
            if (count == 0 || DdsError.IsDeleted(count))
            {
                message = default;
                writer = 0;
                return false;
            }

            if (count < 0)
                throw DdsError.Create(count, $"A message on {_topic} cannot be taken");

            if (info.ValidData != 0)
            {
                message = new IncomingMessage(
                    this,
                    serdata,
                    CdrSerdata.Data(serdata),
                    CdrSerdata.DataLength(serdata),
                    new MessageInfo(info.SourceTimestamp, FindPublisher(info.PublicationHandle)));
                writer = info.PublicationHandle;
                return true;
            }

            // Not a message, but the news that a writer has gone.
            Ddsc.ddsi_serdata_unref(serdata);
        }
    }

    /// <inheritdoc/>
    public void Release(nint handle) => Ddsc.ddsi_serdata_unref(handle);

    /// <inheritdoc/>
    public void AfterWait()
    {
    }

    /// <summary>Deletes the reader; messages that were taken stay.</summary>
    public void Dispose() => _entity.Dispose();

    private Gid FindPublisher(ulong handle)
    {
        lock (_publishersLock)
        {
            if (_publishers.TryGetValue(handle, out var known))
                return known;

            var endpoint = Ddsc.dds_get_matched_publication_data(_entity.Id, handle);

            // Gone already: its last message stays without.
            if (endpoint == null)
                return default;

            var gid = endpoint->Key;
            Ddsc.dds_builtintopic_free_endpoint(endpoint);

            // Publishers come and go for as long as we live.
            if (_publishers.Count == MaxKnownPublishers)
                _publishers.Clear();

            _publishers.Add(handle, gid);
            return gid;
        }
    }
}

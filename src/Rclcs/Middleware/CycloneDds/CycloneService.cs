using System.Diagnostics;
using System.Runtime.InteropServices;
using rclcs.Serialization;

namespace rclcs.Middleware.CycloneDds;

/// <summary>The serving end of a service.</summary>
internal sealed class CycloneService(
    CycloneContext context, CycloneNode node, string name, ServiceType type, QosProfile qos)
    : CycloneServiceEnd(
        context,
        node,
        ServiceIdKey,
        read: (DdsNames.ToRequestTopic(name), type.Request),
        written: (DdsNames.ToReplyTopic(name), type.Response),
        qos), IMiddlewareService
{
    // As rmw_cyclonedds: between a client's writer being discovered and its reader.
    private static readonly TimeSpan MaxWaitForClient = TimeSpan.FromMilliseconds(100);

    private readonly Lock _reachableLock = new();
    private readonly HashSet<ulong> _reachable = [];
    private long _reachableVersion;

    /// <inheritdoc/>
    public bool TryTakeRequest(out IncomingMessage request, out RequestId id)
    {
        request = default;
        id = default;
        if (!Reader.TryTake(out var whole, out var writer))
            return false;

        if (!IsReachable(writer) && FindClient(writer) is "")
        {
            whole.Release();
            throw new CdrException("it comes from a client that is not on Cyclone DDS");
        }

        request = CallHeader.TakeOff(whole, out var header);
        id = new RequestId(ToGid(header.Client, writer), header.SequenceNumber);
        return true;
    }

    /// <inheritdoc/>
    public void Respond(RequestId id, OutgoingMessage response)
    {
        var (client, writer) = FromGid(id.Client);
        var presence = WaitForClient(writer);
        if (presence == ClientPresence.Complete)
        {
            Writer.Write(new CallHeader(client, id.SequenceNumber).PutOn(response));
            return;
        }

        Discard(response);
        if (presence == ClientPresence.Partial)
        {
            throw new RuntimeError(
                $"A response of the service {name} cannot be sent: its client takes no responses, or asks for another "
                + "quality of service.");
        }
    }

    // The middleware's 16 bytes for a client: what the client calls itself, and the writer of its requests.
    private static Gid ToGid(ulong client, ulong writer) => new(MemoryMarshal.AsBytes<ulong>([client, writer]));

    private static (ulong Client, ulong Writer) FromGid(Gid gid)
    {
        Span<ulong> parts = stackalloc ulong[2];
        gid.CopyTo(MemoryMarshal.AsBytes(parts));
        return (parts[0], parts[1]);
    }

    private string? FindClient(ulong writer) => MatchedEndpoints.FindInWriter(Reader.Id, writer, ClientIdKey);

    private ClientPresence WaitForClient(ulong writer)
    {
        var start = Stopwatch.GetTimestamp();
        while (!IsReachable(writer))
        {
            var version = Writer.MatchVersion;
            if (FindClient(writer) is not { } client)
                return ClientPresence.Gone;

            if (MatchedEndpoints.FindInReaders(Writer.Id, ClientIdKey).Contains(client))
            {
                SetReachable(writer, version);
                break;
            }

            var left = MaxWaitForClient - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !Writer.WaitForMatchChange(version, left))
                return ClientPresence.Partial;
        }

        return ClientPresence.Complete;
    }

    private bool IsReachable(ulong writer)
    {
        lock (_reachableLock)
            return _reachableVersion == Writer.MatchVersion && _reachable.Contains(writer);
    }

    private void SetReachable(ulong writer, long version)
    {
        lock (_reachableLock)
        {
            // Who was reachable before may have gone.
            if (_reachableVersion != version)
                _reachable.Clear();

            _reachableVersion = version;
            _reachable.Add(writer);
        }
    }

    private enum ClientPresence
    {
        Gone,
        Partial,
        Complete,
    }
}

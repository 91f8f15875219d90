using System.Globalization;
using System.Security;
using System.Text;

namespace rclcs.Middleware.CycloneDds;

/// <summary>The configuration of a domain, in Cyclone DDS's XML.</summary>
internal static class DomainConfiguration
{
    // As rmw_cyclonedds: how many processes on one host find each other without multicast.
    private const int MaxAutoParticipantIndex = 32;

    private const string NoMulticast = "<AllowMulticast>false</AllowMulticast>";

    // Images: large packets, and room for some of them while a receive thread is busy. Only "max" is set: where the
    // system allows less (net.core.rmem_max), less it is. Packets as large as UDP takes them are no faster, and the
    // receive buffer of a Fast DDS peer, 208 KiB by default, then loses so many that it gets half of the images.
    private const string LargeMessages =
        "<CycloneDDS><Domain><General><MaxMessageSize>44000B</MaxMessageSize></General>"
        + "<Internal><SocketReceiveBufferSize max=\"10MB\"/></Internal></Domain></CycloneDDS>";

    /// <summary>Joins our settings and the user's, which come last and so win where both set the same.</summary>
    /// <param name="options">How far to look for others.</param>
    /// <param name="userConfiguration">CYCLONEDDS_URI: XML, or the names of files.</param>
    public static string Create(MiddlewareOptions options, string? userConfiguration) =>
        string.Join(',', new[] { LargeMessages, Discovery(options), userConfiguration ?? "" }.Where(text => text.Length > 0));

    private static string Discovery(MiddlewareOptions options) => options.DiscoveryRange switch
    {
        DiscoveryRange.SystemDefault => "",
        DiscoveryRange.Subnet => Domain("", Peers(options.StaticPeers)),
        DiscoveryRange.Localhost => Domain(NoMulticast, Peers(["localhost", .. options.StaticPeers])),
        DiscoveryRange.LoopbackOnly => Domain(
            NoMulticast + "<Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces>", Peers(["127.0.0.1"])),

        // Only participants with the same tag discover each other, and no other has this one.
        DiscoveryRange.Off => Domain(
            NoMulticast,
            "<ParticipantIndex>none</ParticipantIndex>"
            + $"<Tag>ros_discovery_off_{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}</Tag>"),
        _ => throw new ArgumentOutOfRangeException(nameof(options)),
    };

    private static string Domain(string general, string discovery) =>
        $"<CycloneDDS><Domain><General>{general}</General><Discovery>{discovery}</Discovery></Domain></CycloneDDS>";

    private static string Peers(IEnumerable<string> addresses)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<ParticipantIndex>auto</ParticipantIndex>");
        text.Append(
            CultureInfo.InvariantCulture,
            $"<MaxAutoParticipantIndex>{MaxAutoParticipantIndex}</MaxAutoParticipantIndex><Peers>");
        foreach (var address in addresses)
            text.Append(CultureInfo.InvariantCulture, $"<Peer address=\"{SecurityElement.Escape(address)}\"/>");

        return text.Append("</Peers>").ToString();
    }
}

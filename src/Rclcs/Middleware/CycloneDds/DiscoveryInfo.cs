using rclcs.Serialization;

namespace rclcs.Middleware.CycloneDds;

/// <summary>
/// Which nodes a participant has and which endpoints are theirs: rmw_dds_common/msg/ParticipantEntitiesInfo, the
/// message on <c>ros_discovery_info</c>.
/// </summary>
/// <remarks>Written by hand, since the size of a gid in it depends on the distribution: 24 bytes on Humble, then 16.</remarks>
internal sealed class DiscoveryInfo(int gidSize) : IMessage
{
    public const string TopicName = "ros_discovery_info";
    public const string TypeName = "rmw_dds_common::msg::dds_::ParticipantEntitiesInfo_";
    public const string TypeHash = "RIHS01_91a0593bacdcc50ea9bdcf849a938b128412cc1ea821245c663bcd26f83c295e";

    // Of 24 bytes the last eight are zero.
    private readonly byte[] _gid = new byte[gidSize];

    /// <summary>The participant that announces.</summary>
    public Gid Participant { get; set; }

    /// <summary>All its nodes.</summary>
    public IReadOnlyList<NodeDiscoveryInfo> Nodes { get; set; } = [];

    /// <inheritdoc/>
    public void Serialize(ref CdrWriter writer)
    {
        WriteGid(ref writer, Participant);
        writer.WriteUInt32((uint)Nodes.Count);
        foreach (var node in Nodes)
        {
            writer.WriteString(node.Node.Namespace);
            writer.WriteString(node.Node.Name);
            WriteGids(ref writer, node.Readers);
            WriteGids(ref writer, node.Writers);
        }
    }

    /// <inheritdoc/>
    public void Deserialize(ref CdrReader reader)
    {
        Participant = ReadGid(ref reader);
        var count = reader.ReadUInt32();
        var nodes = new List<NodeDiscoveryInfo>();
        for (uint i = 0; i < count; i++)
        {
            var nodeNamespace = reader.ReadString("");
            var name = reader.ReadString("");
            var readers = ReadGids(ref reader);
            var writers = ReadGids(ref reader);
            nodes.Add(new NodeDiscoveryInfo(new NodeNameAndNamespace(name, nodeNamespace), readers, writers));
        }

        Nodes = nodes;
    }

    private Gid ReadGid(ref CdrReader reader)
    {
        reader.ReadArray(_gid, gidSize);
        return new Gid(_gid);
    }

    private List<Gid> ReadGids(ref CdrReader reader)
    {
        // Grows only as gids have been read, not by the announced count.
        var gids = new List<Gid>();
        var count = reader.ReadUInt32();
        for (uint i = 0; i < count; i++)
            gids.Add(ReadGid(ref reader));

        return gids;
    }

    private void WriteGid(ref CdrWriter writer, Gid gid)
    {
        gid.CopyTo(_gid);
        writer.WriteArray(_gid, gidSize, "rmw_dds_common/msg/Gid.data");
    }

    private void WriteGids(ref CdrWriter writer, IReadOnlyList<Gid> gids)
    {
        writer.WriteUInt32((uint)gids.Count);
        foreach (var gid in gids)
            WriteGid(ref writer, gid);
    }
}

/// <summary>A node in <see cref="DiscoveryInfo"/> (rmw_dds_common/msg/NodeEntitiesInfo).</summary>
internal sealed record NodeDiscoveryInfo(
    NodeNameAndNamespace Node, IReadOnlyList<Gid> Readers, IReadOnlyList<Gid> Writers);

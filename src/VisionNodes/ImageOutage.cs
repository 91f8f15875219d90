using rclcs;

namespace VisionNodes;

/// <summary>Why no image comes, as far as the graph shows it.</summary>
/// <param name="Cause">Its kind: the same for the same cause, for who counts or throttles.</param>
/// <param name="Reason">A clause for the person who runs the camera: what is the matter, and what helps.</param>
internal sealed record ImageOutage(string Cause, string Reason)
{
    private const string CameraInfoType = "sensor_msgs/msg/CameraInfo";
    private const string Remedy =
        "let the camera publish reliably, or give the middleware a larger receive buffer (README, \"Large images\")";

    /// <summary>Looks for the reason.</summary>
    /// <param name="node">Who waits for images.</param>
    /// <param name="topic">Complete name of the raw images' topic, as the user gave it.</param>
    /// <param name="source">What is subscribed to.</param>
    /// <param name="matched">Publishers that the subscription is connected to.</param>
    /// <param name="infoTopic">The camera's <c>camera_info</c>; null if it has none.</param>
    /// <param name="infoComes">Whether messages came on it while no image did.</param>
    /// <param name="hasCome">Whether images came before.</param>
    public static ImageOutage Find(
        INode node, string topic, ImageSource source, int matched, string? infoTopic, bool infoComes, bool hasCome)
    {
        var publishers = node.Graph.GetPublishersInfo(source.Topic);
        var fitting = publishers.Where(publisher => publisher.TypeName == source.TypeName).ToList();
        if (matched > 0)
            return FindLoss(source, fitting, infoTopic, infoComes);
        if (fitting.Count > 0)
            return FindMismatch(source, fitting);
        if (publishers.Count > 0)
        {
            return new ImageOutage("another type",
                $"{Names(publishers)} publishes {publishers[0].TypeName} there, not {source.TypeName}{TransportHint(publishers[0])}");
        }

        return FindElsewhere(node, topic, source, hasCome);
    }

    /// <summary>The topic of the <c>camera_info</c> that comes with a topic's images; null if there is none.</summary>
    public static string? FindCameraInfo(NodeGraph graph, string imageTopic)
    {
        var cameras = graph.GetPublishersInfo(imageTopic).Select(publisher => publisher.Node).Where(IsNamed).ToHashSet();
        return graph.GetTopicNamesAndTypes()
            .Where(topic => topic.Value.Contains(CameraInfoType))
            .Select(topic => topic.Key)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault(topic => graph.GetPublishersInfo(topic).Any(publisher => cameras.Contains(publisher.Node)));
    }

    private static ImageOutage FindLoss(
        ImageSource source, List<TopicEndpointInfo> publishers, string? infoTopic, bool infoComes)
    {
        var remedy = source.Reliability == ReliabilityPolicy.BestEffort && publishers.TrueForAll(IsReliable)
            ? "set input.reliability to auto or reliable, or give the middleware a larger receive buffer (README, \"Large images\")"
            : Remedy;
        if (infoComes)
        {
            return new ImageOutage("lost parts",
                $"{Names(publishers)} sends, for {infoTopic} comes, but no image arrives complete: parts of large images get lost on the way; {remedy}");
        }

        return infoTopic is not null
            ? new ImageOutage("silence", $"{Names(publishers)} is connected but sends nothing, neither there nor on {infoTopic}: is the camera streaming?")
            : new ImageOutage("silence or lost parts",
                $"{Names(publishers)} is connected, but no image arrives complete: is the camera streaming? If it is, parts of large images get lost on the way; {remedy}");
    }

    private static ImageOutage FindMismatch(ImageSource source, List<TopicEndpointInfo> publishers) =>
        source.Reliability == ReliabilityPolicy.Reliable && !publishers.TrueForAll(IsReliable)
            ? new ImageOutage("quality of service",
                $"{Names(publishers)} offers best effort, but input.reliability asks for reliable; set it to auto")
            : new ImageOutage("not connected",
                $"{Names(publishers)} publishes there, but is not connected ({publishers[0].Qos}): another quality of service, or a network that lets only discovery through");

    private static ImageOutage FindElsewhere(INode node, string topic, ImageSource source, bool hasCome)
    {
        var compressed = topic + ImageSource.CompressedSuffix;
        if (source.Topic == topic && node.Graph.CountPublishers(compressed) > 0)
        {
            return new ImageOutage("another transport",
                $"nobody publishes there, but there are compressed images on {compressed}; set input.transport to auto or compressed");
        }

        if (source.Topic == compressed && node.Graph.CountPublishers(topic) > 0)
        {
            return new ImageOutage("another transport",
                $"nobody publishes there, but there are raw images on {topic}; set input.transport to auto or raw");
        }

        if (hasCome)
            return new ImageOutage("no publisher any more", "nobody publishes there any more: has the camera ended?");

        // Pictures of a node that waits for the same camera are no camera's.
        var waiting = node.Graph.GetSubscriptionsInfo(topic).Concat(node.Graph.GetSubscriptionsInfo(compressed)).Select(other => other.Node.FullyQualifiedName).ToHashSet();
        waiting.Add(node.FullyQualifiedName);
        var last = topic[topic.LastIndexOf('/')..];
        var others = node.Graph.GetTopicNamesAndTypes()
            .Where(other => other.Value.Any(type => type is ImageSource.RawType or ImageSource.CompressedType))
            .Select(other => other.Key)
            .Where(other => node.Graph.GetPublishersInfo(other).Any(publisher => !waiting.Contains(publisher.Node.FullyQualifiedName)))
            .OrderByDescending(other => other.EndsWith(last, StringComparison.Ordinal))
            .ThenBy(other => other, StringComparer.Ordinal)
            .ToList();
        if (others.Count > 0)
        {
            return new ImageOutage("another topic",
                $"nobody publishes there; there are images on {string.Join(", ", others.Take(3))}{(others.Count > 3 ? ", …" : "")}: is its topic remapped?");
        }

        return new ImageOutage("no publisher",
            "nobody publishes images here: is the camera running, with the same ROS_DOMAIN_ID, and is its topic remapped?");
    }

    private static string TransportHint(TopicEndpointInfo publisher) => publisher.TypeName switch
    {
        ImageSource.CompressedType => "; set input.transport to auto or compressed",
        ImageSource.RawType => "; set input.transport to auto or raw",
        _ => "",
    };

    private static bool IsReliable(TopicEndpointInfo publisher) => publisher.Qos.Reliability != ReliabilityPolicy.BestEffort;

    private static bool IsNamed(NodeNameAndNamespace node) => node.Name.Length > 0;

    private static string Names(IReadOnlyList<TopicEndpointInfo> publishers)
    {
        var names = publishers.Select(publisher => publisher.Node).Where(IsNamed).Select(node => node.FullyQualifiedName).Distinct().ToList();
        return names.Count > 0 ? string.Join(" and ", names) : "a publisher";
    }
}

using rclcs;

namespace VisionNodes;

/// <summary>What to subscribe to for a camera's images.</summary>
/// <param name="Topic">Complete name.</param>
/// <param name="IsCompressed">Whether <c>sensor_msgs/CompressedImage</c>, else <c>sensor_msgs/Image</c>.</param>
/// <param name="Reliability">What to ask for.</param>
internal readonly record struct ImageSource(string Topic, bool IsCompressed, ReliabilityPolicy Reliability)
{
    public const string RawType = "sensor_msgs/msg/Image";
    public const string CompressedType = "sensor_msgs/msg/CompressedImage";

    /// <summary>What image_transport appends to the topic of compressed images.</summary>
    public const string CompressedSuffix = "/compressed";

    /// <summary>Whether all images are kept until they are taken.</summary>
    public bool IsLockStep { get; init; }

    /// <summary>The type of the messages.</summary>
    public string TypeName => IsCompressed ? CompressedType : RawType;

    /// <summary>Chooses by what is published now.</summary>
    /// <param name="graph">Who publishes what.</param>
    /// <param name="topic">Complete name of the raw images' topic.</param>
    /// <param name="transport"><c>raw</c>, <c>compressed</c>, or <c>auto</c>: what is published, raw if both are or none is.</param>
    /// <param name="reliability">
    /// <c>best_effort</c>, <c>reliable</c>, or <c>auto</c>: reliable where all publishers offer it, because a large image that
    /// loses one part is lost whole. Where nobody publishes yet, best effort; in lock step reliable, as bags are, so that their first
    /// images are not lost while the subscription is made anew.
    /// </param>
    /// <param name="isLockStep">See <see cref="IsLockStep"/>.</param>
    public static ImageSource Choose(NodeGraph graph, string topic, string transport, string reliability, bool isLockStep)
    {
        var onTopic = graph.GetPublishersInfo(topic);
        var isRawHere = Publishes(onTopic, RawType);
        var isCompressedHere = Publishes(onTopic, CompressedType);
        var compressedTopic = isCompressedHere && !isRawHere ? topic : topic + CompressedSuffix;
        var isCompressed = transport switch
        {
            "raw" => false,
            "compressed" => true,
            _ => !isRawHere && (isCompressedHere || Publishes(graph.GetPublishersInfo(compressedTopic), CompressedType)),
        };
        var source = new ImageSource(isCompressed ? compressedTopic : topic, isCompressed, ReliabilityPolicy.BestEffort) { IsLockStep = isLockStep };
        return source with
        {
            Reliability = reliability switch
            {
                "best_effort" => ReliabilityPolicy.BestEffort,
                "reliable" => ReliabilityPolicy.Reliable,
                _ => source.OfferedReliability(graph),
            },
        };
    }

    private static bool Publishes(IReadOnlyList<TopicEndpointInfo> publishers, string type) =>
        publishers.Any(publisher => publisher.TypeName == type);

    private ReliabilityPolicy OfferedReliability(NodeGraph graph)
    {
        var type = TypeName;
        var publishers = graph.GetPublishersInfo(Topic).Where(publisher => publisher.TypeName == type).ToList();
        return (publishers.Count > 0 || IsLockStep) && publishers.TrueForAll(publisher => publisher.Qos.Reliability != ReliabilityPolicy.BestEffort)
            ? ReliabilityPolicy.Reliable
            : ReliabilityPolicy.BestEffort;
    }
}

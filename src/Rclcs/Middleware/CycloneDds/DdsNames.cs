using System.Diagnostics.CodeAnalysis;

namespace rclcs.Middleware.CycloneDds;

/// <summary>ROS names as DDS names and back ("Topic and Service name mapping to DDS", design.ros2.org).</summary>
internal static class DdsNames
{
    private const string TopicPrefix = "rt";
    private const string RequestPrefix = "rq";
    private const string RequestSuffix = "Request";
    private const string ReplyPrefix = "rr";
    private const string ReplySuffix = "Reply";
    private const string RequestTypeSuffix = "_Request";
    private const string TypePrefix = "dds_::";

    /// <summary><c>/a/b</c> becomes <c>rt/a/b</c>.</summary>
    public static string ToDdsTopic(string topic) => TopicPrefix + topic;

    /// <summary><c>rt/a/b</c> becomes <c>/a/b</c>; false for what is no ROS topic.</summary>
    public static bool TryToRosTopic(string ddsTopic, [NotNullWhen(true)] out string? topic)
    {
        topic = ddsTopic.StartsWith(TopicPrefix + "/", StringComparison.Ordinal) ? ddsTopic[TopicPrefix.Length..] : null;
        return topic is not null;
    }

    /// <summary><c>/a/b</c> becomes <c>rq/a/bRequest</c>.</summary>
    public static string ToRequestTopic(string service) => RequestPrefix + service + RequestSuffix;

    /// <summary><c>/a/b</c> becomes <c>rr/a/bReply</c>.</summary>
    public static string ToReplyTopic(string service) => ReplyPrefix + service + ReplySuffix;

    /// <summary><c>rq/a/bRequest</c> becomes <c>/a/b</c>; false for what is not the topic of a service's requests.</summary>
    public static bool TryToRosService(string ddsTopic, [NotNullWhen(true)] out string? service)
    {
        var isRequest = ddsTopic.StartsWith(RequestPrefix + "/", StringComparison.Ordinal)
            && ddsTopic.EndsWith(RequestSuffix, StringComparison.Ordinal);
        service = isRequest ? ddsTopic[RequestPrefix.Length..^RequestSuffix.Length] : null;
        return isRequest;
    }

    /// <summary><c>std_srvs::srv::dds_::SetBool_Request_</c> becomes <c>std_srvs/srv/SetBool</c>; other names stay.</summary>
    public static string ToRosServiceType(string ddsRequestType)
    {
        var type = ToRosType(ddsRequestType);
        return type.EndsWith(RequestTypeSuffix, StringComparison.Ordinal) ? type[..^RequestTypeSuffix.Length] : type;
    }

    /// <summary><c>std_msgs/msg/String</c> becomes <c>std_msgs::msg::dds_::String_</c>.</summary>
    public static string ToDdsType(string type)
    {
        var slash = type.LastIndexOf('/');
        var package = type[..(slash + 1)].Replace("/", "::", StringComparison.Ordinal);
        return $"{package}{TypePrefix}{type[(slash + 1)..]}_";
    }

    /// <summary><c>std_msgs::msg::dds_::String_</c> becomes <c>std_msgs/msg/String</c>; other names stay.</summary>
    public static string ToRosType(string ddsType)
    {
        var at = ddsType.IndexOf(TypePrefix, StringComparison.Ordinal);
        if (at < 0 || !ddsType.EndsWith('_'))
            return ddsType;

        var name = string.Concat(ddsType.AsSpan(0, at), ddsType.AsSpan()[(at + TypePrefix.Length)..^1]);
        return name.Replace("::", "/", StringComparison.Ordinal);
    }
}

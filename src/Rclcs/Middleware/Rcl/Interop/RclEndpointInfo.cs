using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary>
/// Reads an <c>rmw_topic_endpoint_info_t</c>, which since Iron has a type hash of 33 bytes in its middle and a shorter gid.
/// </summary>
internal static unsafe class RclEndpointInfo
{
    private const int NodeName = 0;
    private const int NodeNamespace = 8;
    private const int TypeName = 16;
    private const int HashVersion = 24;
    private const int HashValue = 25;
    private const int HashSize = 32;
    private const int SizeOfQos = 88;

    // The function that sets the field is there where the field is.
    private static readonly bool HasHash = RclLibrary.Has("rmw_topic_endpoint_info_set_topic_type_hash");
    private static readonly int EndpointGid = HasHash ? 64 : 28;
    private static readonly int Qos = HasHash ? 80 : 56;

    /// <summary>Reads an element.</summary>
    /// <param name="endpoints">The array.</param>
    /// <param name="index">Which element.</param>
    /// <param name="topic">The topic of all elements.</param>
    /// <param name="isPublisher">What all elements are.</param>
    public static TopicEndpointInfo Read(RclEndpointArray endpoints, nuint index, string topic, bool isPublisher)
    {
        var endpoint = endpoints.Endpoints + (index * (nuint)(Qos + SizeOfQos));
        return new TopicEndpointInfo(
            new NodeNameAndNamespace(Text(endpoint + NodeName), Text(endpoint + NodeNamespace)),
            topic,
            Text(endpoint + TypeName),
            Hash(endpoint),
            isPublisher,
            new Gid(new ReadOnlySpan<byte>(endpoint + EndpointGid, Gid.Size)),
            RclQos.ToProfile(*(RmwQosProfile*)(endpoint + Qos)));
    }

    private static string Text(byte* field) => Marshal.PtrToStringUTF8(*(nint*)field) ?? "";

    private static string Hash(byte* endpoint) => HasHash && endpoint[HashVersion] == 1
        ? $"RIHS01_{Convert.ToHexStringLower(new ReadOnlySpan<byte>(endpoint + HashValue, HashSize))}"
        : "";
}

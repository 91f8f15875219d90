namespace rclcs;

/// <summary>What the middleware knows about a received message.</summary>
/// <param name="SourceTimestamp">When it was published: nanoseconds since 1970 on the publisher's clock.</param>
/// <param name="PublisherGid">Which publisher it came from.</param>
public readonly record struct MessageInfo(long SourceTimestamp, Gid PublisherGid);

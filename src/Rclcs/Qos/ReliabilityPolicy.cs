namespace rclcs;

/// <summary>Whether lost messages are sent again.</summary>
public enum ReliabilityPolicy
{
    /// <summary>What the middleware has by itself: reliable.</summary>
    SystemDefault,

    /// <summary>Lost messages are sent again.</summary>
    Reliable,

    /// <summary>Lost messages stay lost.</summary>
    BestEffort,
}

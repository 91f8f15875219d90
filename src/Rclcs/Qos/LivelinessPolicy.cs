namespace rclcs;

/// <summary>How a publisher shows that it is alive.</summary>
public enum LivelinessPolicy
{
    /// <summary>What the middleware has by itself: automatic.</summary>
    SystemDefault,

    /// <summary>The middleware shows it as long as the process lives.</summary>
    Automatic,

    /// <summary>By publishing.</summary>
    ManualByTopic,
}

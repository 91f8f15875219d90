namespace rclcs;

/// <summary>Whether subscriptions that come late get earlier messages.</summary>
public enum DurabilityPolicy
{
    /// <summary>What the middleware has by itself: volatile.</summary>
    SystemDefault,

    /// <summary>Yes, the last <see cref="QosProfile.Depth"/> of each publisher that still exists.</summary>
    TransientLocal,

    /// <summary>No.</summary>
    Volatile,
}

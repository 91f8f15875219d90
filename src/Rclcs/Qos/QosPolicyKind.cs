namespace rclcs;

/// <summary>A policy of <see cref="QosProfile"/> over which a publisher and a subscription can disagree.</summary>
public enum QosPolicyKind
{
    /// <summary>None of the ones below.</summary>
    Unknown,

    /// <summary><see cref="QosProfile.Durability"/>.</summary>
    Durability,

    /// <summary><see cref="QosProfile.Deadline"/>.</summary>
    Deadline,

    /// <summary><see cref="QosProfile.Liveliness"/>.</summary>
    Liveliness,

    /// <summary><see cref="QosProfile.Reliability"/>.</summary>
    Reliability,

    /// <summary><see cref="QosProfile.History"/>.</summary>
    History,

    /// <summary><see cref="QosProfile.Lifespan"/>.</summary>
    Lifespan,
}

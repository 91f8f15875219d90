namespace rclcs;

/// <summary>What publishers and subscriptions have in common. All members may be called from any thread.</summary>
public interface ITopicEndpoint : IDisposable
{
    /// <summary>Complete name, after remapping.</summary>
    string TopicName { get; }

    /// <summary>How messages are kept and delivered.</summary>
    QosProfile Qos { get; }

    /// <summary>
    /// Somebody at the other end of the topic offers or asks for a quality of service that does not go together with
    /// <see cref="Qos"/>, so no messages pass. Gets the policy. The log warns in any case.
    /// </summary>
    /// <remarks>
    /// Raised on a thread of the pool, without spinning. A handler that comes late is told once of each policy that has
    /// been reported so far.
    /// </remarks>
    event Action<QosPolicyKind>? IncompatibleQos;

    /// <summary>Another number of endpoints of the other kind is connected now. Gets the number.</summary>
    /// <remarks>
    /// Raised on a thread of the pool, without spinning: two changes in quick succession may come in the other order.
    /// </remarks>
    event Action<int>? Matched;
}

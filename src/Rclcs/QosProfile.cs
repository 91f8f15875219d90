namespace rclcs;

/// <summary>
/// How messages of a publisher or subscription are kept and delivered, with ROS 2's names, presets and defaults
/// (REP-2003, "About Quality of Service settings"). Immutable: change a preset by a <c>with</c> expression.
/// </summary>
/// <example><code>QosProfile.SensorData with { Depth = 1 }</code></example>
public sealed record QosProfile
{
    /// <summary>A duration that is not set: deadline and lifespan do not apply, a lease never ends.</summary>
    public static readonly TimeSpan Unspecified = TimeSpan.Zero;

    /// <summary>Reliable, keep last 10, volatile: for publishers and subscriptions that say nothing else.</summary>
    public static QosProfile Default { get; } = new();

    /// <summary>Best effort, keep last 5, volatile: fresh data matters more than all data.</summary>
    public static QosProfile SensorData { get; } = new() { Depth = 5, Reliability = ReliabilityPolicy.BestEffort };

    /// <summary>Reliable, keep last 10, volatile.</summary>
    public static QosProfile Services { get; } = new();

    /// <summary>Reliable, keep last 1000, volatile: for the parameter services.</summary>
    public static QosProfile Parameters { get; } = new() { Depth = 1000 };

    /// <summary>Reliable, keep last 1000, volatile: for <c>/parameter_events</c>.</summary>
    public static QosProfile ParameterEvents { get; } = new() { Depth = 1000 };

    /// <summary>Reliable, keep last 1000, transient local, kept for 10 seconds: for <c>/rosout</c>.</summary>
    public static QosProfile Rosout { get; } = new()
    {
        Depth = 1000,
        Durability = DurabilityPolicy.TransientLocal,
        Lifespan = TimeSpan.FromSeconds(10),
    };

    /// <summary>Every policy as the middleware has it by itself.</summary>
    public static QosProfile SystemDefault { get; } = new()
    {
        History = HistoryPolicy.SystemDefault,
        Depth = 0,
        Reliability = ReliabilityPolicy.SystemDefault,
        Durability = DurabilityPolicy.SystemDefault,
        Liveliness = LivelinessPolicy.SystemDefault,
    };

    /// <summary>
    /// Reliable, keep last 1, transient local: a subscription that comes late still gets the last message
    /// ("latched" in ROS 1).
    /// </summary>
    public static QosProfile Latched { get; } = new() { Depth = 1, Durability = DurabilityPolicy.TransientLocal };

    /// <summary>Which messages are kept until they are delivered or taken.</summary>
    public HistoryPolicy History { get; init; } = HistoryPolicy.KeepLast;

    /// <summary>How many messages <see cref="HistoryPolicy.KeepLast"/> keeps; 0 is the middleware's default, which is 1.</summary>
    public int Depth { get; init; } = 10;

    /// <summary>Whether lost messages are sent again.</summary>
    public ReliabilityPolicy Reliability { get; init; } = ReliabilityPolicy.Reliable;

    /// <summary>Whether subscriptions that come late get earlier messages.</summary>
    public DurabilityPolicy Durability { get; init; } = DurabilityPolicy.Volatile;

    /// <summary>The longest time between two messages that is promised or asked for.</summary>
    public TimeSpan Deadline { get; init; } = Unspecified;

    /// <summary>How long after its publication a message may still be delivered.</summary>
    public TimeSpan Lifespan { get; init; } = Unspecified;

    /// <summary>How a publisher shows that it is alive.</summary>
    public LivelinessPolicy Liveliness { get; init; } = LivelinessPolicy.SystemDefault;

    /// <summary>How long a publisher counts as alive without a sign.</summary>
    public TimeSpan LeaseDuration { get; init; } = Unspecified;

    /// <summary>For example <c>reliable, keep last 10, volatile</c>.</summary>
    public override string ToString()
    {
        var history = History == HistoryPolicy.KeepAll ? "keep all" : $"keep last {Math.Max(Depth, 1)}";
        var reliability = Reliability == ReliabilityPolicy.BestEffort ? "best effort" : "reliable";
        var durability = Durability == DurabilityPolicy.TransientLocal ? "transient local" : "volatile";
        return $"{reliability}, {history}, {durability}";
    }
}

/// <summary>Which messages are kept until they are delivered or taken.</summary>
public enum HistoryPolicy
{
    /// <summary>What the middleware has by itself: keep last.</summary>
    SystemDefault,

    /// <summary>The last <see cref="QosProfile.Depth"/> messages.</summary>
    KeepLast,

    /// <summary>All, as far as memory allows.</summary>
    KeepAll,
}

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

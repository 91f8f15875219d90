using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>Translates quality of service. Its enumerations have the same values in rmw, but for one.</summary>
internal static class RclQos
{
    // RMW_QOS_POLICY_LIVELINESS_MANUAL_BY_TOPIC; the value between, by node, is no more.
    private const int ManualByTopic = 3;

    // RMW_DURATION_INFINITE
    private const ulong InfiniteSeconds = long.MaxValue / 1_000_000_000;

    /// <summary>To rmw.</summary>
    public static RmwQosProfile FromProfile(QosProfile profile) => new()
    {
        History = (int)profile.History,
        Depth = (nuint)Math.Max(profile.Depth, 0),
        Reliability = (int)profile.Reliability,
        Durability = (int)profile.Durability,
        Deadline = ToTime(profile.Deadline),
        Lifespan = ToTime(profile.Lifespan),
        Liveliness = profile.Liveliness == LivelinessPolicy.ManualByTopic ? ManualByTopic : (int)profile.Liveliness,
        LeaseDuration = ToTime(profile.LeaseDuration),
    };

    /// <summary>From rmw; what is unknown there is the middleware's default.</summary>
    public static QosProfile ToProfile(RmwQosProfile profile) => new()
    {
        History = ToPolicy<HistoryPolicy>(profile.History),
        Depth = (int)nuint.Min(profile.Depth, int.MaxValue),
        Reliability = ToPolicy<ReliabilityPolicy>(profile.Reliability),
        Durability = ToPolicy<DurabilityPolicy>(profile.Durability),
        Deadline = FromTime(profile.Deadline),
        Lifespan = FromTime(profile.Lifespan),
        Liveliness = profile.Liveliness == ManualByTopic
            ? LivelinessPolicy.ManualByTopic
            : profile.Liveliness == (int)LivelinessPolicy.Automatic ? LivelinessPolicy.Automatic : LivelinessPolicy.SystemDefault,
        LeaseDuration = FromTime(profile.LeaseDuration),
    };

    /// <summary>An <c>rmw_qos_policy_kind_t</c>, which is one bit of a set.</summary>
    public static QosPolicyKind ToPolicyKind(int kind) => kind switch
    {
        1 << 1 => QosPolicyKind.Durability,
        1 << 2 => QosPolicyKind.Deadline,
        1 << 3 or 1 << 8 => QosPolicyKind.Liveliness,
        1 << 4 => QosPolicyKind.Reliability,
        1 << 5 or 1 << 7 => QosPolicyKind.History,
        1 << 6 => QosPolicyKind.Lifespan,
        _ => QosPolicyKind.Unknown,
    };

    private static T ToPolicy<T>(int value)
        where T : struct, Enum
    {
        var policy = (T)Enum.ToObject(typeof(T), value);
        return Enum.IsDefined(policy) ? policy : default;
    }

    private static RmwTime ToTime(TimeSpan duration) => new()
    {
        Seconds = (ulong)(duration.Ticks / TimeSpan.TicksPerSecond),
        Nanoseconds = (ulong)(duration.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick),
    };

    private static TimeSpan FromTime(RmwTime time) => time.Seconds >= InfiniteSeconds
        ? QosProfile.Unspecified
        : new TimeSpan(((long)time.Seconds * TimeSpan.TicksPerSecond) + ((long)time.Nanoseconds / TimeSpan.NanosecondsPerTick));
}

namespace rclcs.Middleware.Rcl;

/// <summary>What an <see cref="RclWaitSet"/> keeps apart.</summary>
internal enum RclWaitKind
{
    /// <summary><c>rcl_subscription_t</c></summary>
    Subscription,

    /// <summary><c>rcl_guard_condition_t</c></summary>
    GuardCondition,

    /// <summary><c>rcl_client_t</c></summary>
    Client,

    /// <summary><c>rcl_service_t</c></summary>
    Service,

    /// <summary><c>rcl_event_t</c></summary>
    Event,
}

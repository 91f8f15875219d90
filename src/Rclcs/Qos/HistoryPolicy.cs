namespace rclcs;

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

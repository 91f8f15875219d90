namespace rclcs.Middleware.CycloneDds.Interop;

/// <summary>Values of macros and enumerations of dds.h and its like, named as there.</summary>
internal static class DdsConstants
{
    /// <summary>A <c>dds_duration_t</c> that never ends.</summary>
    public const long Infinity = long.MaxValue;

    /// <summary>All sample, view and instance states.</summary>
    public const uint AnyState = 1 | 2 | 4 | 8 | 16 | 32 | 64;

    public const int AliveInstanceState = 16;

    private const int MinPseudoHandle = 0x7fff0000;
    public const int BuiltinTopicParticipant = MinPseudoHandle + 1;
    public const int BuiltinTopicPublication = MinPseudoHandle + 3;
    public const int BuiltinTopicSubscription = MinPseudoHandle + 4;

    public const int HistoryKeepLast = 0;
    public const int HistoryKeepAll = 1;
    public const int LengthUnlimited = -1;

    public const int ReliabilityBestEffort = 0;
    public const int ReliabilityReliable = 1;

    public const int DurabilityVolatile = 0;
    public const int DurabilityTransientLocal = 1;

    public const int LivelinessAutomatic = 0;
    public const int LivelinessManualByTopic = 2;

    public const int IgnoreLocalParticipant = 1;
}

namespace rclcs.Benchmarks;

/// <summary>Names and quality of service on both sides.</summary>
internal static class Topics
{
    public const string There = "there";
    public const string Back = "back";

    /// <summary>Reliable. Keep all where every message counts: a publisher that is too fast waits.</summary>
    public static QosProfile Lossless { get; } = QosProfile.Default with { History = HistoryPolicy.KeepAll };
}

namespace rclcs.Benchmarks;

/// <summary>The topic, the same on both sides.</summary>
internal static class Topic
{
    public const string Name = "there";

    /// <summary>Reliable. Keep all where every message counts: a publisher that is too fast waits.</summary>
    public static QosProfile Lossless { get; } = QosProfile.Default with { History = HistoryPolicy.KeepAll };
}

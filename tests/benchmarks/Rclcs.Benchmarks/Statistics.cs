namespace rclcs.Benchmarks;

/// <summary>Times in microseconds.</summary>
internal sealed class Statistics(IEnumerable<long> nanoseconds)
{
    private readonly double[] _sorted = [.. nanoseconds.Select(value => value / 1e3).Order()];

    /// <summary>How many.</summary>
    public int Count => _sorted.Length;

    /// <summary>Half are at most this.</summary>
    public double Median => Percentile(0.5);

    /// <summary>99 of 100 are at most this.</summary>
    public double P99 => Percentile(0.99);

    private double Percentile(double part) =>
        _sorted.Length == 0 ? double.NaN : _sorted[Math.Min(_sorted.Length - 1, (int)(part * _sorted.Length))];
}

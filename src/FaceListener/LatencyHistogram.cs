namespace FaceListener;

/// <summary>Counts latencies in bins of 0.1 ms up to 10 s, so that percentiles of a day's run take no more memory than a minute's.</summary>
internal sealed class LatencyHistogram
{
    private const double BinMilliseconds = 0.1;

    private readonly long[] _bins = new long[100_000];
    private long _count;

    /// <summary>How many it has.</summary>
    public long Count => _count;

    /// <param name="milliseconds">Below 0 counts as 0, above 10 s as 10 s.</param>
    public void Add(double milliseconds)
    {
        _bins[(int)Math.Clamp(milliseconds / BinMilliseconds, 0, _bins.Length - 1)]++;
        _count++;
    }

    /// <summary>The latency that this share of all latencies does not exceed, in milliseconds.</summary>
    /// <param name="share">In (0, 1].</param>
    /// <returns>The upper edge of a bin; NaN without latencies.</returns>
    public double Percentile(double share)
    {
        if (_count == 0)
            return double.NaN;
        var wanted = (long)Math.Ceiling(share * _count);
        var bin = 0;
        for (var seen = _bins[0]; seen < wanted; seen += _bins[bin])
            bin++;
        return (bin + 1) * BinMilliseconds;
    }

    public void Clear()
    {
        Array.Clear(_bins);
        _count = 0;
    }
}

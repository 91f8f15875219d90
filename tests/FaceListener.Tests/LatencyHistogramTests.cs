namespace FaceListener.Tests;

public class LatencyHistogramTests
{
    [Test]
    public void Percentiles_agree_with_sorted_latencies_to_within_a_bin()
    {
        var random = new Random(1);
        double[] latencies = [.. Enumerable.Range(0, 5000).Select(_ => Math.Exp(random.NextDouble() * 7))];
        var histogram = new LatencyHistogram();
        foreach (var latency in latencies)
            histogram.Add(latency);

        Array.Sort(latencies);
        foreach (var share in new[] { 0.01, 0.5, 0.9, 0.99, 1 })
        {
            var exact = latencies[(int)Math.Ceiling(share * latencies.Length) - 1];
            Assert.That(histogram.Percentile(share), Is.EqualTo(exact).Within(0.1), $"{share:P0}");
        }
    }

    [Test]
    public void Latencies_out_of_range_count_at_the_ends()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(-5);
        histogram.Add(1e9);

        Assert.That(histogram.Percentile(0.5), Is.EqualTo(0.1).Within(1e-9));
        Assert.That(histogram.Percentile(1), Is.EqualTo(10_000).Within(1e-6));
    }

    [Test]
    public void Without_latencies_there_is_no_percentile()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(3);
        histogram.Clear();

        Assert.That(histogram.Percentile(0.5), Is.NaN);
    }
}

namespace rclcs.Benchmarks;

/// <summary>Figures of one run or, where they are of several, their medians.</summary>
internal sealed class Outcome
{
    /// <summary>Takes what sender and receiver say.</summary>
    /// <param name="sending">The sender's processor time in nanoseconds.</param>
    /// <param name="receiving">The receiver's, the duration in nanoseconds, bytes allocated, and the age of each message in nanoseconds.</param>
    public Outcome(double sending, double[] receiving)
    {
        var ages = receiving[3..];
        Array.Sort(ages);
        Median = ages[ages.Length / 2] / 1e3;
        P99 = ages[(int)(ages.Length * 0.99)] / 1e3;
        Rate = ages.Length / receiving[1] * 1e9;
        Sending = sending / ages.Length / 1e3;
        Receiving = receiving[0] / ages.Length / 1e3;
        Allocated = receiving[2] / ages.Length;
    }

    /// <summary>Takes several runs together.</summary>
    public Outcome(IReadOnlyCollection<Outcome> runs)
    {
        Median = MedianOf(runs.Select(run => run.Median));
        P99 = MedianOf(runs.Select(run => run.P99));
        Rate = MedianOf(runs.Select(run => run.Rate));
        Sending = MedianOf(runs.Select(run => run.Sending));
        Receiving = MedianOf(runs.Select(run => run.Receiving));
        Allocated = MedianOf(runs.Select(run => run.Allocated));
    }

    /// <summary>Age of a message when its receiver has it, in microseconds: half are at most this.</summary>
    public double Median { get; }

    /// <summary>99 of 100 are at most this.</summary>
    public double P99 { get; }

    /// <summary>Messages a second.</summary>
    public double Rate { get; }

    /// <summary>Processor time of the sending process for each message, in microseconds.</summary>
    public double Sending { get; }

    /// <summary>The same of the receiving process.</summary>
    public double Receiving { get; }

    /// <summary>Bytes allocated on the managed heap for each message received; not a number in C and C++.</summary>
    public double Allocated { get; }

    /// <summary>The value in the middle.</summary>
    public static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

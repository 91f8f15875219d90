using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace rclcs.Benchmarks;

/// <summary>
/// Cyclone DDS's own benchmark (Debian's cyclonedds-tools) as reference: C on the same library, with the same domain
/// settings, message size and rate, waiting on a wait set too.
/// </summary>
internal static partial class DdsPerf
{
    // What rclcs sets by itself.
    private const string Configuration =
        "<General><MaxMessageSize>44000B</MaxMessageSize><AllowMulticast>false</AllowMulticast>"
        + "<Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces></General>"
        + "<Internal><SocketReceiveBufferSize max=\"10MB\"/></Internal>"
        + "<Discovery><ParticipantIndex>auto</ParticipantIndex><Peers><Peer address=\"127.0.0.1\"/></Peers></Discovery>";

    /// <summary>Half of the time of a round trip; not a number where ddsperf is not installed.</summary>
    public static (double Median, double P99) MeasureRoundTrip(Payload payload, double rate, TimeSpan duration)
    {
        try
        {
            var seconds = duration.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            using var pong = Start("-D", seconds, "pong", "waitset");
            using var ping = Start(
                "-D", seconds, "ping", $"{rate.ToString(CultureInfo.InvariantCulture)}Hz", "size", $"{payload.Size}", "waitset");
            pong.StandardOutput.ReadToEndAsync();
            var output = ping.StandardOutput.ReadToEnd();
            ping.WaitForExit();
            pong.WaitForExit();

            // A line a second; the second half, as for rclcs.
            var lines = ResultLine().Matches(output).ToArray();
            var last = lines[(lines.Length / 2)..];
            return (last.Average(line => Value(line, "median")), last.Average(line => Value(line, "p99")));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (double.NaN, double.NaN);
        }
    }

    private static double Value(Match line, string group) => double.Parse(line.Groups[group].Value, CultureInfo.InvariantCulture);

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("ddsperf") { RedirectStandardOutput = true };
        start.Environment["CYCLONEDDS_URI"] = Configuration;
        start.ArgumentList.Add("-i");
        start.ArgumentList.Add(Environment.GetEnvironmentVariable("ROS_DOMAIN_ID")!);
        foreach (var arg in args)
            start.ArgumentList.Add(arg);

        return Process.Start(start)!;
    }

    [GeneratedRegex(@"50% (?<median>[\d.]+)us .*99% (?<p99>[\d.]+)us")]
    private static partial Regex ResultLine();
}

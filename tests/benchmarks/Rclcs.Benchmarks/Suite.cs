using System.Globalization;

namespace rclcs.Benchmarks;

/// <summary>All measurements of all clients, printed as a table.</summary>
internal static class Suite
{
    // What Rclcs sets by itself on the embedded middleware, for everybody, on the loopback interface.
    private const string CycloneDdsSettings =
        "<General><MaxMessageSize>44000B</MaxMessageSize><AllowMulticast>false</AllowMulticast>"
        + "<Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces></General>"
        + "<Internal><SocketReceiveBufferSize max=\"10MB\"/></Internal>"
        + "<Discovery><ParticipantIndex>auto</ParticipantIndex><Peers><Peer address=\"127.0.0.1\"/></Peers></Discovery>";

    /// <summary>Measures and prints.</summary>
    /// <param name="rounds">How often every client takes its turn: on a busy machine all then suffer alike.</param>
    /// <param name="duration">Of each turn, of which the first half is warm-up.</param>
    public static int Run(int rounds, TimeSpan duration)
    {
        SetEnvironment();
        var (ddsc, rclcpp) = (Peers.BuildDdsc(), Peers.BuildRclcpp());
        Client?[] clients = [Ours("cyclonedds"), ddsc, rclcpp is null ? null : Ours("rcl"), rclcpp];
        Measure(Measurement.All, [.. clients.OfType<Client>()], ddsc, rclcpp, rounds, duration);
        return 0;
    }

    /// <summary>Measures images at 30 Hz, on librcl and on rclcpp alone, and prints. Needs a sourced ROS 2.</summary>
    /// <inheritdoc cref="Run"/>
    public static int RunImagesOnRcl(int rounds, TimeSpan duration)
    {
        SetEnvironment();
        if (Peers.BuildRclcpp() is not { } rclcpp)
            return 1;

        Measure(Array.FindAll(Measurement.All, measurement => measurement.Rate == 30), [Ours("rcl"), rclcpp], null, rclcpp, rounds, duration);
        return 0;
    }

    private static void SetEnvironment()
    {
        Environment.SetEnvironmentVariable("ROS_DOMAIN_ID", $"{Random.Shared.Next(1, 102)}");
        Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        Environment.SetEnvironmentVariable("CYCLONEDDS_URI", CycloneDdsSettings);
    }

    private static void Measure(
        Measurement[] measurements, Client[] present, Client? ddsc, Client? rclcpp, int rounds, TimeSpan duration)
    {
        Console.WriteLine(
            "| one way | client | median µs | 99% µs | per second | sender's CPU µs/message | receiver's | allocated/message "
            + "| median to C's | to rclcpp's |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var measurement in measurements)
        {
            var runs = present.ToDictionary(client => client, _ => new List<Outcome>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var client in present)
                    runs[client].Add(measurement.Run(client, duration));
            }

            foreach (var client in present)
                Print(measurement, client, runs[client], ddsc is null ? [] : runs[ddsc], rclcpp is null ? [] : runs[rclcpp]);
        }
    }

    private static Client Ours(string middleware) =>
        new($"Rclcs on {middleware}", Environment.ProcessPath!, ("RCLCS_MIDDLEWARE", middleware));

    private static void Print(
        Measurement measurement, Client client, List<Outcome> runs, List<Outcome> ddsc, List<Outcome> rclcpp)
    {
        var all = new Outcome(runs);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {measurement.Name} | {client.Name} | {all.Median:F1} | {all.P99:F1} | {all.Rate:F0} | {all.Sending:F1} "
            + $"| {all.Receiving:F1} | {Number(all.Allocated, "F1")} | {Ratio(runs, ddsc)} | {Ratio(runs, rclcpp)} |"));
    }

    /// <summary>Median of the ratios of neighbouring turns.</summary>
    private static string Ratio(List<Outcome> runs, List<Outcome> reference) => runs == reference || reference.Count == 0
        ? ""
        : Number(Outcome.MedianOf(runs.Zip(reference, (run, other) => run.Median / other.Median)), "F2");

    private static string Number(double value, string format) =>
        double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}

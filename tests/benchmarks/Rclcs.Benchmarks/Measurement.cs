using System.Globalization;

namespace rclcs.Benchmarks;

/// <summary>An exchange between two processes.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Payload">What is sent.</param>
/// <param name="Rate">Messages a second; 0 for as many as possible.</param>
/// <param name="MessagesPerSecond">How many messages are sent for each second that the exchange should take.</param>
internal sealed record Measurement(string Name, Payload Payload, double Rate, int MessagesPerSecond)
{
    /// <summary>What is measured: camera images and small messages, at a usual rate and at the highest.</summary>
    public static Measurement[] All { get; } =
    [
        new("image, 30 Hz", Payload.Image, 30, 30),
        new("image of 1280×960, 30 Hz", Payload.LargeImage, 30, 30),
        new("image, as fast as possible", Payload.Image, 0, 600),
        new("64 bytes, 1 kHz", Payload.Small, 1000, 1000),
        new("64 bytes, as fast as possible", Payload.Small, 0, 25_000),
    ];

    /// <summary>Runs it once.</summary>
    public Outcome Run(Client client, TimeSpan duration)
    {
        var count = Text((int)(MessagesPerSecond * duration.TotalSeconds));
        using var receiver = new OtherProcess(client, "receive", Payload.Name, count);
        using var sender = new OtherProcess(client, "send", Payload.Name, Text(Rate), count);
        foreach (var process in new[] { receiver, sender })
        {
            if (process.Read() != "ready")
                throw new InvalidOperationException($"{client.Name} does not speak as it should.");
        }

        sender.Release();
        var sent = Number(sender.Read());
        var received = receiver.Read().Split(' ').Select(Number).ToArray();
        sender.Release();
        return new Outcome(sent, received);
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

using System.Globalization;
using rclcs.Benchmarks;

// Without arguments: all measurements. With "receive" or "echo": the other process of one of them.
return args switch
{
    ["receive", var payload, var count] => Receiver.Run(Payload.Named(payload), int.Parse(count, CultureInfo.InvariantCulture)),
    ["echo", var payload] => Echo.Run(Payload.Named(payload)),
    [] => Suite.Run(TimeSpan.FromSeconds(10)),
    ["--seconds", var seconds] => Suite.Run(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Rclcs.Benchmarks [--seconds N]");
    return 2;
}

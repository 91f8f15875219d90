using System.Globalization;
using rclcs.Benchmarks;

// Without arguments or with --short: all measurements; with --images, images at 30 Hz on librcl and rclcpp. With "send" or "receive": a process of one of them.
return args switch
{
    ["send", var payload, var rate, var count] => Sender.Run(Payload.Named(payload), Number(rate), (int)Number(count)),
    ["receive", var payload, var count] => Receiver.Run(Payload.Named(payload), (int)Number(count)),
    [] => Suite.Run(rounds: 5, TimeSpan.FromSeconds(6)),
    ["--short"] => Suite.Run(rounds: 1, TimeSpan.FromSeconds(2)),
    ["--images"] => Suite.RunImagesOnRcl(rounds: 4, TimeSpan.FromSeconds(6)),
    _ => Usage(),
};

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: Rclcs.Benchmarks [--short | --images]");
    return 2;
}

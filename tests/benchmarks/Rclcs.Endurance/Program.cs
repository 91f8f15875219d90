using System.Globalization;
using rclcs.Endurance;

// The first three are trials, each with a table; the others are the other processes of them.
return args switch
{
    ["restarts", var count] => Restarts.Run(Number(count)),
    ["images", var seconds] => Images.Run(TimeSpan.FromSeconds(Number(seconds))),
    ["nodes", var processes, var nodes] => ManyNodes.Run(Number(processes), Number(nodes)),
    ["echo"] => Restarts.Echo(),
    ["receive"] => Images.Receive(),
    ["host", var first, var count, var total] => ManyNodes.Host(Number(first), Number(count), Number(total)),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: Rclcs.Endurance restarts <count> | images <seconds> | nodes <processes> <nodes of each>");
    return 2;
}

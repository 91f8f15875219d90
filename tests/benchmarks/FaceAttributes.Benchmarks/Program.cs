// Milliseconds a frame of this build, of the loop that the project began as (seed_loop.py, in Python), and of another build of this
// repository, side by side: each looks at the same pictures in turn, so that whatever else the machine does strikes all alike.
//
//   dotnet run -c Release --project tests/benchmarks/FaceAttributes.Benchmarks -- [--rounds N] [--variants NAME,...] [--baseline PATH]
//
// N is 3 unless given; the variants are default and haar unless others of Variant.Names are given. PATH is the benchmark program of
// the other build. The seed's loop needs Debian's python3-opencv.
//
// Each of the programs is started with --serve VARIANT, reads paths of pictures, a line each, and answers with a line of numbers:
// see Timings.

using System.Globalization;
using FaceAttributes.Benchmarks;
using OpenCvSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--serve", var name])
{
    using var variant = new Variant(name);
    while (Console.ReadLine() is { } path)
    {
        using var picture = Cv2.ImRead(path);
        Console.WriteLine(variant.Measure(picture));
    }

    return 0;
}

var options = new Dictionary<string, string> { ["--rounds"] = "3", ["--variants"] = "default,haar" };
for (var i = 0; i < args.Length; i += 2)
{
    if (args[i] is not ("--rounds" or "--variants" or "--baseline") || i + 1 == args.Length)
        return Refuse($"The option {args[i]} is unknown or has no value; known are --rounds N, --variants NAME,..., --baseline PATH.");
    options[args[i]] = args[i + 1];
}

var variants = options["--variants"].Split(',');
if (variants.FirstOrDefault(variant => !Variant.Names.Contains(variant)) is { } unknown)
    return Refuse($"The variant '{unknown}' is unknown; known are {string.Join(", ", Variant.Names)}.");
if (!int.TryParse(options["--rounds"], out var rounds) || rounds < 1)
    return Refuse($"--rounds is '{options["--rounds"]}'; it must be a whole number from 1.");
new Comparison(rounds, variants, options.GetValueOrDefault("--baseline")).Run(Console.Out);
return 0;

static int Refuse(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}

// Milliseconds of each stage for one frame: medians over interleaved runs, so that whatever else the machine does
// strikes all variants alike. The last column compares with the reference of the same run.
//
//   dotnet run -c Release --project tests/benchmarks/FaceAttributes.Benchmarks -- [frames]
//
// With --baseline PATH, the benchmark program of another build of this repository, both run in turn, three times each, and the
// ratio of the default's total is printed for each size of image.

using System.Globalization;
using FaceAttributes.Benchmarks;
using FaceAttributes.Detection.Haar;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--baseline", var baseline, ..])
    return Baseline.Compare(baseline, frames: args.Length > 2 ? args[2] : "60");
var frames = args.Length > 0 ? int.Parse(args[0]) : 60;

var processors = Environment.ProcessorCount;
string[] single = ["emotion", "gender"], defaults = ["gender", "face"];
Variant[] variants =
[
    new("reference, one by one", new ReferenceDetector(), processors, single, oneByOne: true),
    new("default", new HaarCascadeDetector(), processors, defaults),
    new("default, one thread", new HaarCascadeDetector(), threads: 1, defaults),
    new("face alone", new HaarCascadeDetector(), processors, ["face"]),
    new("the accurate ones", new HaarCascadeDetector(), processors, ["emotion_accurate", "people_accurate"]),
    new("scale factor 1.1", new HaarCascadeDetector(new HaarCascadeOptions { ScaleFactor = 1.1 }), processors, defaults),
    new("scale factor 1.3", new HaarCascadeDetector(new HaarCascadeOptions { ScaleFactor = 1.3 }), processors, defaults),
];

Console.WriteLine($"{processors} processors, {frames} frames each, milliseconds (median)");
Console.WriteLine($"{"",-12}{"",-26}{"faces",6}{"detect",8}{"classify",10}{"draw",8}{"total",8}{"ratio",8}");
foreach (var (width, height) in new[] { (320, 240), (640, 480), (1280, 960) })
{
    using var picture = Scene.Compose(width, height);
    for (var frame = -3; frame < frames; frame++)
    {
        foreach (var variant in variants)
            variant.Process(picture, note: frame >= 0);
    }

    var referenceTotal = variants[0].Medians[3];
    foreach (var variant in variants)
    {
        var m = variant.Medians;
        Console.WriteLine(
            $"{$"{width}x{height}",-12}{variant.Name,-26}{variant.Faces,6}{m[0],8:0.0}{m[1],10:0.00}{m[2],8:0.00}" +
            $"{m[3],8:0.0}{m[3] / referenceTotal,8:0.00}");
        variant.Clear();
    }
}

Array.ForEach(variants, variant => variant.Dispose());
return 0;

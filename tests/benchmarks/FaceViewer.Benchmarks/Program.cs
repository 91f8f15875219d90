using System.Globalization;
using FaceViewer.Benchmarks;

// What the viewer costs and bears, measured with the programs as they were built: a replay camera at 640x480 and 30 Hz with four
// faces, the node and the viewer, each a process of its own.
return args switch
{
    ["hostile", var count] => await HostileUploads.RunAsync(Number(count)),
    ["clients", var count] => await ManyClients.RunAsync(Number(count)),
    ["viewers", var count] => await ManyViewers.RunAsync(Number(count)),
    ["explanation"] => ExplanationCost.Run(),
    ["privacy", .. var paths] => PrivacyStrength.Run(paths),
    ["screenshots", var folder] => await Screenshots.RunAsync(folder),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: FaceViewer.Benchmarks hostile <uploads> | clients <count> | viewers <count> | explanation | screenshots <folder>
                                     | privacy <embedding.onnx> <photograph>…
        """);
    return 2;
}

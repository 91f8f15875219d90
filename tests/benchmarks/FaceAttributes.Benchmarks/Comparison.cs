using System.Diagnostics;

namespace FaceAttributes.Benchmarks;

/// <summary>Lets several programs look at the same pictures in turn, and prints how long they take.</summary>
/// <param name="rounds">How often each looks at each picture; medians of these are printed.</param>
/// <param name="variants">Of this build.</param>
/// <param name="baseline">The benchmark program of another build, for its variant "default"; null for none.</param>
internal sealed class Comparison(int rounds, string[] variants, string? baseline)
{
    private const string Python = "/usr/bin/python3"; // Debian's, which has Debian's OpenCV

    /// <summary>Measures, and prints a table in Markdown.</summary>
    public void Run(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("face_attributes_benchmark").FullName;
        var programs = new List<Contender>();
        try
        {
            foreach (var variant in variants)
                programs.Add(new Contender(variant, Environment.ProcessPath!, "--serve", variant));
            if (baseline is not null)
                programs.Add(new Contender("baseline", baseline, "--serve", "default"));
            programs.Add(new Contender(
                "seed", Python, Path.Combine(AppContext.BaseDirectory, "seed_loop.py"), Path.Combine(AppContext.BaseDirectory, "models")));

            output.WriteLine($"{Environment.ProcessorCount} processors; milliseconds a frame, mean of up to 30 frames, median of {rounds} rounds.");
            output.WriteLine();
            Contender[] others = [.. programs.Skip(variants.Length)];
            output.WriteLine(
                "| size, faces | | found | detect | track | classify | draw | total | "
                + string.Concat(others.Select(other => $"{other.Name}: found, total, times slower | ")).TrimEnd());
            output.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|" + string.Concat(others.Select(_ => "---:|")));
            WarmUp(programs, Path.Combine(folder, "warm_up.png"));
            foreach (var scene in Scene.All)
            {
                var path = Path.Combine(folder, $"{scene.Width}x{scene.Height}_{scene.Faces}.png");
                scene.Write(path);
                var timings = programs.ToDictionary(program => program, _ => new List<Timings>());
                for (var round = 0; round < rounds; round++)
                {
                    foreach (var program in programs)
                        timings[program].Add(program.Measure(path));
                }

                foreach (var program in programs.Take(variants.Length))
                {
                    var ours = Timings.Median(timings[program]);
                    output.WriteLine(
                        $"| {scene} | {program.Name} | {ours.Faces} | {ours.Detect:0.00} | {ours.Track:0.00} | {ours.Classify:0.00} | {ours.Draw:0.00} | {ours.Total:0.00} | "
                        + string.Concat(others.Select(other => Cell(Timings.Median(timings[other]), ours))).TrimEnd());
                }
            }
        }
        finally
        {
            programs.ForEach(program => program.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    // The first pictures of a process wait for its code to be compiled.
    private static void WarmUp(List<Contender> programs, string path)
    {
        Scene.All.Last(scene => scene.Faces is > 0 and < 10).Write(path);
        programs.ForEach(program => program.Measure(path));
    }

    private static string Cell(Timings other, Timings ours) => $"{other.Faces}, {other.Total:0.0}, {other.Total / ours.Total:0.0} | ";

    /// <summary>A program that answers with a line for each picture.</summary>
    private sealed class Contender : IDisposable
    {
        private readonly Process _process;

        public Contender(string name, string path, params string[] arguments)
        {
            Name = name;
            _process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        }

        public string Name { get; }

        public Timings Measure(string picture)
        {
            _process.StandardInput.WriteLine(picture);
            return Timings.Parse(
                _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The program '{Name}' has ended; what it wrote says why."));
        }

        public void Dispose()
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}

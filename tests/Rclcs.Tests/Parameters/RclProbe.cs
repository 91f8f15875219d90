using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace rclcs.Tests.Parameters;

/// <summary>Runs the program of tests/interop/rcl_yaml/rcl_yaml_probe.c that RCL_YAML_PROBE names.</summary>
internal static class RclProbe
{
    /// <summary>What rcl makes of files, see <see cref="RclRow.Describe"/>.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>?> Read(IReadOnlyCollection<string> files)
    {
        if (Environment.GetEnvironmentVariable("RCL_YAML_PROBE") is not { Length: > 0 } program)
        {
            Assert.Ignore("RCL_YAML_PROBE names no program.");
            yield break;
        }

        using var process = Process.Start(new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var writing = Task.Run(() =>
        {
            using var input = process.StandardInput.BaseStream;
            foreach (var content in files.Select(Encoding.UTF8.GetBytes))
            {
                input.Write(Encoding.ASCII.GetBytes($"{content.Length}\n"));
                input.Write(content);
                input.WriteByte((byte)'\n');
            }
        });
        while (process.StandardOutput.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            yield return RclRow.Describe(json.RootElement);
        }

        writing.Wait();
    }
}

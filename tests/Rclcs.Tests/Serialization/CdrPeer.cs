using System.Diagnostics;
using rclcs.Tests.Support;

namespace rclcs.Tests.Serialization;

/// <summary>Runs tests/interop/build/cdr_peer; the test is skipped where that is not built.</summary>
internal static class CdrPeer
{
    /// <summary>Runs the program and returns what it wrote.</summary>
    public static byte[] Run(byte[] input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(InteropProgram.Find("cdr_peer"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, process.StandardError.ReadToEnd());
        return output.ToArray();
    }
}

namespace rclcs.Tests.Serialization;

/// <summary>The bytes in Vectors/, see the README there.</summary>
internal static class RecordedCdr
{
    public static byte[] Read(string name) => File.ReadAllBytes(
        Path.Combine(TestContext.CurrentContext.TestDirectory, "Serialization", "Vectors", name + ".cdr"));
}

namespace EndToEnd.Tests;

/// <summary>The ROS 2 that is sourced where the tests run, if one is.</summary>
internal static class SourcedRos
{
    /// <summary>Skips the test unless a ROS 2 is sourced and has these programs.</summary>
    public static void Require(params string[] programs)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AMENT_PREFIX_PATH")) || !programs.All(IsOnPath))
            Assert.Ignore($"No ROS 2 with {string.Join(" and ", programs)} is sourced here.");
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}

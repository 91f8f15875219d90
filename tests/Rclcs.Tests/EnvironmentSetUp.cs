using System.Runtime.InteropServices;

namespace rclcs.Tests;

/// <summary>What no option of a context says: the loopback interface, the middleware and the log's folder.</summary>
/// <remarks>
/// On the embedded middleware, unless <c>RCLCS_MIDDLEWARE=rcl</c> is set: in a shell where ROS 2 is sourced, that runs the
/// same tests on librcl.
/// </remarks>
[SetUpFixture]
public sealed partial class EnvironmentSetUp
{
    private static readonly string LogFolder = Directory.CreateTempSubdirectory("rclcs_tests_").FullName;

    [OneTimeSetUp]
    public void SetVariables()
    {
        Set("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        Set("ROS_LOCALHOST_ONLY", null);
        Set("CYCLONEDDS_URI", "<General><Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces></General>");
        Set("ROS_DISTRO", null);
        Set("ROS_SECURITY_ENABLE", null);
        Set("RCLCS_MIDDLEWARE", Environment.GetEnvironmentVariable("RCLCS_MIDDLEWARE") ?? "cyclonedds");
        Set("ROS_LOG_DIR", LogFolder);
    }

    [OneTimeTearDown]
    public void RemoveLogFiles() => Directory.Delete(LogFolder, recursive: true);

    // .NET keeps its changes to itself, but librcl looks at the process's own variables.
    private static void Set(string name, string? value)
    {
        Environment.SetEnvironmentVariable(name, value);
        _ = value is null ? unsetenv(name) : setenv(name, value, overwrite: 1);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);
}

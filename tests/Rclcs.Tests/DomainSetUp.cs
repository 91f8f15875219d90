namespace rclcs.Tests;

/// <summary>A domain of its own for each run, on the loopback interface: tests that run side by side don't meet.</summary>
[SetUpFixture]
public sealed class DomainSetUp
{
    private static readonly string LogFolder = Directory.CreateTempSubdirectory("rclcs_tests_").FullName;

    [OneTimeSetUp]
    public void ChooseDomain()
    {
        // Above 101 the ports of a domain are those that Linux gives to clients.
        Environment.SetEnvironmentVariable("ROS_DOMAIN_ID", $"{Random.Shared.Next(1, 102)}");
        Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        Environment.SetEnvironmentVariable("ROS_LOCALHOST_ONLY", null);
        Environment.SetEnvironmentVariable(
            "CYCLONEDDS_URI", "<General><Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces></General>");
        Environment.SetEnvironmentVariable("ROS_DISTRO", null);
        Environment.SetEnvironmentVariable("ROS_SECURITY_ENABLE", null);
        Environment.SetEnvironmentVariable("ROS_LOG_DIR", LogFolder);
    }

    [OneTimeTearDown]
    public void RemoveLogFiles() => Directory.Delete(LogFolder, recursive: true);
}

namespace rclcs.Tests;

/// <summary>A domain of its own for each run, on the loopback interface: tests that run side by side don't meet.</summary>
[SetUpFixture]
public sealed class DomainSetUp
{
    [OneTimeSetUp]
    public void ChooseDomain()
    {
        // Above 101 the ports of a domain are those that Linux gives to clients.
        Environment.SetEnvironmentVariable("ROS_DOMAIN_ID", $"{Random.Shared.Next(1, 102)}");
        Environment.SetEnvironmentVariable("ROS_LOCALHOST_ONLY", "1");
        Environment.SetEnvironmentVariable("CYCLONEDDS_URI", null);
        Environment.SetEnvironmentVariable("ROS_DISTRO", null);
    }
}

using rclcs.Middleware;
using rclcs.Tests.Support;

namespace rclcs.Tests.Middleware;

public sealed class MiddlewareEnvironmentTests
{
    [TestCase("ROS_DOMAIN_ID", "233", "0 to 232")]
    [TestCase("ROS_DOMAIN_ID", "-1", "0 to 232")]
    [TestCase("ROS_DOMAIN_ID", "robot", "'robot'")]
    [TestCase("ROS_AUTOMATIC_DISCOVERY_RANGE", "HERE", "SUBNET, LOCALHOST, OFF or SYSTEM_DEFAULT")]
    [TestCase("RCLCS_GID_SIZE", "20", "16, or 24")]
    [TestCase("RCLCS_SERVICES", "no", "off or on")]
    [TestCase("ROS_SECURITY_ENABLE", "True", "true or false")]
    public void A_variable_that_means_nothing_is_reported(string name, string value, string reason)
    {
        using var localhost = new EnvironmentVariable("ROS_LOCALHOST_ONLY", null);
        using var variable = new EnvironmentVariable(name, value);
        Assert.That(
            () => MiddlewareEnvironment.ReadOptions(), Throws.InstanceOf<RuntimeError>().With.Message.Contains(name).And.Message.Contains(reason));
    }

    [Test]
    public void The_variables_of_ROS_are_heard()
    {
        using var localhost = new EnvironmentVariable("ROS_LOCALHOST_ONLY", "0");
        using var domain = new EnvironmentVariable("ROS_DOMAIN_ID", "17");
        using var range = new EnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "localhost");
        using var peers = new EnvironmentVariable("ROS_STATIC_PEERS", "10.0.0.2; robot.local");
        using var distro = new EnvironmentVariable("ROS_DISTRO", "humble");
        var options = MiddlewareEnvironment.ReadOptions();

        Assert.That(options.DomainId, Is.EqualTo(17));
        Assert.That(options.DiscoveryRange, Is.EqualTo(DiscoveryRange.Localhost));
        Assert.That(options.StaticPeers, Is.EqualTo(new[] { "10.0.0.2", "robot.local" }));
        Assert.That(options.GidSize, Is.EqualTo(24));
    }

    [Test]
    public void Without_variables_there_are_services_and_no_security()
    {
        var options = MiddlewareEnvironment.ReadOptions();

        Assert.That(options.HasServices, Is.True);
        Assert.That(options.Security, Is.Null);
        Assert.That(options.Enclave, Is.EqualTo("/"));
    }

    [TestCase(null, "/keys/enclaves/robot/arm")]
    [TestCase("/other", "/keys/enclaves/other")]
    [TestCase("/", "/keys/enclaves/")]
    public void The_enclave_is_a_folder_of_the_keystore(string? overriding, string folder)
    {
        using var enable = new EnvironmentVariable("ROS_SECURITY_ENABLE", "true");
        using var strategy = new EnvironmentVariable("ROS_SECURITY_STRATEGY", "Enforce");
        using var keystore = new EnvironmentVariable("ROS_SECURITY_KEYSTORE", "/keys");
        using var enclave = new EnvironmentVariable("ROS_SECURITY_ENCLAVE_OVERRIDE", overriding);
        using var services = new EnvironmentVariable("RCLCS_SERVICES", "off");
        var options = MiddlewareEnvironment.ReadOptions("/robot/arm");

        Assert.That(options.Security, Is.EqualTo(new SecurityOptions(IsEnforced: true, folder)));
        Assert.That(options.Enclave, Is.EqualTo("/robot/arm"));
        Assert.That(options.HasServices, Is.False);
    }

    [TestCase("humble", DiscoveryRange.LoopbackOnly)]
    [TestCase("jazzy", DiscoveryRange.Localhost)]
    [TestCase(null, DiscoveryRange.Localhost)]
    public void Localhost_only_means_what_it_means_to_the_distribution_and_leaves_no_other_peers(string? distro, object range)
    {
        using var localhost = new EnvironmentVariable("ROS_LOCALHOST_ONLY", "1");
        using var peers = new EnvironmentVariable("ROS_STATIC_PEERS", "10.0.0.2");
        using var variable = new EnvironmentVariable("ROS_DISTRO", distro);
        var options = MiddlewareEnvironment.ReadOptions();

        Assert.That(options.DiscoveryRange, Is.EqualTo(range));
        Assert.That(options.StaticPeers, Is.Empty);
    }

    [Test]
    public void An_unknown_middleware_is_refused()
    {
        using var variable = new EnvironmentVariable("RCLCS_MIDDLEWARE", "zenoh");
        Assert.That(MiddlewareEnvironment.Create, Throws.InstanceOf<RuntimeError>().With.Message.Contains("'cyclonedds'"));
    }
}

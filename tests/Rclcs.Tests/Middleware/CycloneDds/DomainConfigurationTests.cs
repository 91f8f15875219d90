using System.Xml.Linq;
using rclcs.Middleware;
using rclcs.Middleware.CycloneDds;

namespace rclcs.Tests.Middleware.CycloneDds;

public sealed class DomainConfigurationTests
{
    [Test]
    public void The_users_configuration_comes_last_and_so_wins() => Assert.That(
        Create(DiscoveryRange.Subnet, "file:///etc/cyclonedds.xml"), Does.EndWith(",file:///etc/cyclonedds.xml"));

    [Test]
    public void Static_peers_are_escaped_and_all_is_well_formed()
    {
        foreach (var range in Enum.GetValues<DiscoveryRange>())
        {
            var configuration = Create(range, "", "a\"<b", "10.0.0.1");
            foreach (var part in configuration.Split(','))
                Assert.That(() => XElement.Parse(part), Throws.Nothing, configuration);
        }
    }

    [TestCase(DiscoveryRange.Subnet, false, "10.0.0.1")]
    [TestCase(DiscoveryRange.Localhost, true, "localhost 10.0.0.1")]
    [TestCase(DiscoveryRange.LoopbackOnly, true, "127.0.0.1")]
    [TestCase(DiscoveryRange.Off, true, "")]
    public void Discovery_reaches_as_far_as_asked(object range, bool withoutMulticast, string peers)
    {
        var discovery = XElement.Parse(Create((DiscoveryRange)range, "", "10.0.0.1").Split(',')[1]);

        Assert.That(discovery.Descendants("AllowMulticast").Any(), Is.EqualTo(withoutMulticast));
        Assert.That(string.Join(' ', discovery.Descendants("Peer").Select(peer => peer.Attribute("address")!.Value)), Is.EqualTo(peers));
    }

    [Test]
    public void A_domain_cannot_be_used_with_two_configurations_at_once()
    {
        const int Domain = 0;
        using var first = DdsDomain.Open(Domain, Create(DiscoveryRange.Off, ""));
        using var again = DdsDomain.Open(Domain, Create(DiscoveryRange.Off, ""));

        Assert.That(
            () => DdsDomain.Open(Domain, Create(DiscoveryRange.LoopbackOnly, "")),
            Throws.InstanceOf<RuntimeError>().With.Message.Contains("domain 0"));
    }

    [Test]
    public void A_wrong_configuration_is_reported() => Assert.That(
        () => DdsDomain.Open(0, "<CycloneDDS><NoSuchElement/></CycloneDDS>"),
        Throws.InstanceOf<RuntimeError>().With.Message.Contains("CYCLONEDDS_URI"));

    private static string Create(DiscoveryRange range, string user, params string[] peers) =>
        DomainConfiguration.Create(new MiddlewareOptions(0, range, peers, GidSize: 16), user);
}

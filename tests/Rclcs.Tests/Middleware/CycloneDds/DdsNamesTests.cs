using rclcs.Middleware.CycloneDds;

namespace rclcs.Tests.Middleware.CycloneDds;

public sealed class DdsNamesTests
{
    [Test]
    public void Topics_have_a_prefix_and_other_DDS_topics_are_none_of_ROS()
    {
        Assert.That(DdsNames.ToDdsTopic("/a/b"), Is.EqualTo("rt/a/b"));
        Assert.That(DdsNames.TryToRosTopic("rt/a/b", out var topic), Is.True);
        Assert.That(topic, Is.EqualTo("/a/b"));
        Assert.That(DdsNames.TryToRosTopic("rq/addRequest", out _), Is.False);
        Assert.That(DdsNames.TryToRosTopic("rtx", out _), Is.False);
    }

    [Test]
    public void A_service_has_two_topics()
    {
        Assert.That(DdsNames.ToRequestTopic("/a/b"), Is.EqualTo("rq/a/bRequest"));
        Assert.That(DdsNames.ToReplyTopic("/a/b"), Is.EqualTo("rr/a/bReply"));
        Assert.That(DdsNames.TryToRosService("rq/a/bRequest", out var service), Is.True);
        Assert.That(service, Is.EqualTo("/a/b"));
        Assert.That(DdsNames.TryToRosService("rt/a/bRequest", out _), Is.False);
        Assert.That(DdsNames.TryToRosService("rq/a/b", out _), Is.False);
        Assert.That(DdsNames.ToRosServiceType("a::srv::dds_::Add_Request_"), Is.EqualTo("a/srv/Add"));
    }

    [TestCase("std_msgs/msg/String", "std_msgs::msg::dds_::String_")]
    [TestCase("a/srv/Add_Request", "a::srv::dds_::Add_Request_")]
    public void Types_are_mangled(string ros, string dds)
    {
        Assert.That(DdsNames.ToDdsType(ros), Is.EqualTo(dds));
        Assert.That(DdsNames.ToRosType(dds), Is.EqualTo(ros));
    }

    [TestCase("", "")]
    [TestCase("typehash=RIHS01_ab;", "RIHS01_ab")]
    [TestCase("x=1;typehash=RIHS01_ab;\0", "RIHS01_ab")]
    [TestCase("enclave=/;", "")]
    public void The_type_hash_is_found_in_user_data(string userData, string hash) =>
        Assert.That(UserData.FindTypeHash(System.Text.Encoding.ASCII.GetBytes(userData)), Is.EqualTo(hash));
}

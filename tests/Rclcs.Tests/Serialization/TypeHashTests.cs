using rclcs.Serialization;

namespace rclcs.Tests.Serialization;

/// <summary>
/// Type hashes that ROS 2 publishes, as type description files and running nodes of Jazzy to Kilted show them:
/// <c>share/PACKAGE/msg/TYPE.json</c> of an installed ROS 2, <c>ros2 topic info -v</c>. They hold for the whole
/// definition, with all names and types that it contains, so they also prove that ours are those of ROS 2.
/// </summary>
public sealed class TypeHashTests
{
    private static readonly (string Actual, string Published)[] Hashes =
    [
        Of<builtin_interfaces.msg.Duration>("e8d009f659816f758b75334ee1a9ca5b5c0b859843261f14c7f937349599d93b"),
        Of<builtin_interfaces.msg.Time>("b106235e25a4c5ed35098aa0a61a3ee9c9b18d197f398b0e4206cea9acf9c197"),
        Of<geometry_msgs.msg.PoseStamped>("10f3786d7d40fd2b54367835614bff85d4ad3b5dab62bf8bca0cc232d73b4cd8"),
        Of<geometry_msgs.msg.TransformStamped>("0a241f87d04668d94099cbb5ba11691d5ad32c2f29682e4eb5653424bd275206"),
        Of<geometry_msgs.msg.Twist>("9c45bf16fe0983d80e3cfe750d6835843d265a9a6c46bd2e609fcddde6fb8d2a"),
        Of<rcl_interfaces.msg.Log>("e28ce254ca8abc06abf92773b74602cdbf116ed34fbaf294fb9f81da9f318eac"),
        Of<rcl_interfaces.msg.ParameterDescriptor>("52175dbfda6c51153101d33d2a9da05743f66f02d5ab2ca9ec4709b46b73d704"),
        Of<rcl_interfaces.msg.ParameterEvent>("043e627780fcad87a22d225bc2a037361dba713fca6a6b9f4b869a5aa0393204"),
        Of<rmw_dds_common.msg.ParticipantEntitiesInfo>("91a0593bacdcc50ea9bdcf849a938b128412cc1ea821245c663bcd26f83c295e"),
        Of<rosgraph_msgs.msg.Clock>("692f7a66e93a3c83e71765d033b60349ba68023a8c689a79e48078bcb5c58564"),
        Of<sensor_msgs.msg.CameraInfo>("b3dfd68ff46c9d56c80fd3bd4ed22c7a4ddce8c8348f2f59c299e73118e7e275"),
        Of<sensor_msgs.msg.CompressedImage>("15640771531571185e2efc8a100baf923961a4d15d5569652e6cb6691e8e371a"),
        Of<sensor_msgs.msg.Image>("d31d41a9a4c4bc8eae9be757b0beed306564f7526c88ea6a4588fb9582527d47"),
        Of<sensor_msgs.msg.RegionOfInterest>("ad16bcba5f9131dcdba6fbded19f726f5440e3c513b4fb586dd3027eeed8abb1"),
        Of<std_msgs.msg.Empty>("20b625256f32d5dbc0d04fee44f43c41e51c70d3502f84b4a08e7a9c26a96312"),
        Of<std_msgs.msg.Float64>("705ba9c3d1a09df43737eb67095534de36fd426c0587779bda2bc51fe790182a"),
        Of<std_msgs.msg.Header>("f49fb3ae2cf070f793645ff749683ac6b06203e41c891e17701b1cb597ce6a01"),
        Of<std_msgs.msg.String>("df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18"),
        // Computed by rosidl's rosidl_generator_type_description of December 2024 from the same file.
        Of<rclcs_test_msgs.msg.EveryKind>("d661a9a2a289fe80590c9d80d44757350e577155bcc05ca26f43133403dcb6e3"),
    ];

    [Test]
    public void The_type_hash_is_the_one_that_ROS_2_publishes(
        [ValueSource(nameof(Hashes))] (string Actual, string Published) hash) =>
        Assert.That(hash.Actual, Is.EqualTo(hash.Published));

    private static (string Actual, string Published) Of<T>(string published)
        where T : IMessage<T>, new() => ($"{T.TypeName} {T.TypeHash}", $"{T.TypeName} RIHS01_{published}");
}

using System.Security.Cryptography;
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
        Of<diagnostic_msgs.msg.DiagnosticArray>("5a8a36efb05fb25070fa0fb3810290c0e6cd4862b54a8fb975a1ee8dc55a333e"),
        Of<geometry_msgs.msg.PoseStamped>("10f3786d7d40fd2b54367835614bff85d4ad3b5dab62bf8bca0cc232d73b4cd8"),
        Of<geometry_msgs.msg.TransformStamped>("0a241f87d04668d94099cbb5ba11691d5ad32c2f29682e4eb5653424bd275206"),
        Of<geometry_msgs.msg.Twist>("9c45bf16fe0983d80e3cfe750d6835843d265a9a6c46bd2e609fcddde6fb8d2a"),
        Of<lifecycle_msgs.msg.TransitionDescription>("c5f1cd4bb1ad2ba0e3329d4ac7015c52a674a72c1faf7974c37a33f4f6048b28"),
        Of<lifecycle_msgs.msg.TransitionEvent>("d5f8873a2f0146498f812d7885c7327ce27e463d36811d8792f35ee38c0d6c38"),
        Of<rcl_interfaces.msg.Log>("e28ce254ca8abc06abf92773b74602cdbf116ed34fbaf294fb9f81da9f318eac"),
        Of<rcl_interfaces.msg.ParameterDescriptor>("52175dbfda6c51153101d33d2a9da05743f66f02d5ab2ca9ec4709b46b73d704"),
        Of<rcl_interfaces.msg.ParameterEvent>("043e627780fcad87a22d225bc2a037361dba713fca6a6b9f4b869a5aa0393204"),
        Of<rcl_interfaces.msg.ParameterEventDescriptors>("456f90915d72ef69379e702ef3ba2a115098ff677eab9c0080fa11239c6b147e"),
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
        Of<type_description_interfaces.msg.KeyValue>("274fe56bf14f33c7512e34c646a37579ee36779f745f049a9760763e817f0c42"),
        Of<type_description_interfaces.msg.TypeDescription>("739f2508c9fa3a6f330913ff5b9d25fb74159a077da71e1087f51a60c12a080b"),
        Of<type_description_interfaces.msg.TypeSource>("faeaec7596c04ecf5b6e99ad225e4c7cbb997ad5435f793526fb3984d011aae5"),
        // Computed by rosidl's rosidl_generator_type_description of December 2024 from the same file.
        Of<rclcs_test_msgs.msg.EveryKind>("d661a9a2a289fe80590c9d80d44757350e577155bcc05ca26f43133403dcb6e3"),
        OfService<lifecycle_msgs.srv.ChangeState.Request, lifecycle_msgs.srv.ChangeState.Response>(
            "356fe34f0475a43acf54542013af4167b0e729f77ea22ffb045c6ad8e20668e5"),
        OfService<lifecycle_msgs.srv.GetAvailableStates.Request, lifecycle_msgs.srv.GetAvailableStates.Response>(
            "00a07d79d2207d71e81a8cbc1880e5d924cc16d4688ea8e8e06e443dc8f8aa1d"),
        OfService<lifecycle_msgs.srv.GetAvailableTransitions.Request, lifecycle_msgs.srv.GetAvailableTransitions.Response>(
            "59b7ecefce0982a8a844b9f2c4f14764c1c4543cc55e72924e2aa4adad83e9bc"),
        OfService<lifecycle_msgs.srv.GetState.Request, lifecycle_msgs.srv.GetState.Response>(
            "800a0a5aae599782b02932de0caf563f6dc4e7e94b794eadde075ba2cbef9795"),
        OfService<rcl_interfaces.srv.DescribeParameters.Request, rcl_interfaces.srv.DescribeParameters.Response>(
            "845b484d71eb0673dae682f2e3ba3c4851a65a3dcfb97bddd82c5b57e91e4cff"),
        OfService<rcl_interfaces.srv.GetLoggerLevels.Request, rcl_interfaces.srv.GetLoggerLevels.Response>(
            "03bf1bebd0d6514c7ed0ba7c5e08dc9f2f39c759fe99e1e30ea4157d7674f72d"),
        OfService<rcl_interfaces.srv.GetParameterTypes.Request, rcl_interfaces.srv.GetParameterTypes.Response>(
            "da199c878688b3e530bdfe3ca8f74cb9fa0c303101e980a9e8f260e25e1c80ca"),
        OfService<rcl_interfaces.srv.GetParameters.Request, rcl_interfaces.srv.GetParameters.Response>(
            "bf9803d5c74cf989a5de3e0c2e99444599a627c7ff75f97b8c05b01003675cbc"),
        OfService<rcl_interfaces.srv.ListParameters.Request, rcl_interfaces.srv.ListParameters.Response>(
            "3e6062bfbb27bfb8730d4cef2558221f51a11646d78e7bb30a1e83afac3aad9d"),
        OfService<rcl_interfaces.srv.SetLoggerLevels.Request, rcl_interfaces.srv.SetLoggerLevels.Response>(
            "3ff86cb4e91fbf9abae15c234ecc874448de6ece8e193401c077cf116e4f6d78"),
        OfService<rcl_interfaces.srv.SetParameters.Request, rcl_interfaces.srv.SetParameters.Response>(
            "56eed9a67e169f9cb6c1f987bc88f868c14a8fc9f743a263bc734c154015d7e0"),
        OfService<rcl_interfaces.srv.SetParametersAtomically.Request, rcl_interfaces.srv.SetParametersAtomically.Response>(
            "0e192ef259c07fc3c07a13191d27002222e65e00ccec653ca05e856f79285fcd"),
        OfService<std_srvs.srv.Empty.Request, std_srvs.srv.Empty.Response>(
            "5888399dedec5ccc85ea6451949fd2c9f97bfdf963f9a588821639fcd31b5d19"),
        OfService<std_srvs.srv.SetBool.Request, std_srvs.srv.SetBool.Response>(
            "abe9e4bb6b41b40e6789712c00ec8871923e089af3f667a79992a428cff2da0a"),
        OfService<std_srvs.srv.Trigger.Request, std_srvs.srv.Trigger.Response>(
            "eeff2cd6fa5ad9d27cdf4dec64818317839b62f212a91e6b5304b634b2062c5f"),
        OfService<type_description_interfaces.srv.GetTypeDescription.Request, type_description_interfaces.srv.GetTypeDescription.Response>(
            "69b9c19c1021405984cc60dbbb1edceb147a6538b411d812ba6afabeed962cd5"),
        Of<std_srvs.srv.Empty.Request>("458eaf200a3f63d9cc53d19436edebc0c140ef4c93ca75d5bd4ce19fd7759e35"),
        Of<std_srvs.srv.Trigger.Response>("2d946c21e2fc3f1e9ca6986a8191d85fcc70097a8bb7771a053564bc47009cdf"),
    ];

    [Test]
    public void The_type_hash_is_the_one_that_ROS_2_publishes(
        [ValueSource(nameof(Hashes))] (string Actual, string Published) hash) =>
        Assert.That(hash.Actual, Is.EqualTo(hash.Published));

    [Test]
    public void The_type_description_is_what_the_hash_is_of()
    {
        Assert.Multiple(() =>
        {
            Check<sensor_msgs.msg.Image>();
            Check<std_srvs.srv.SetBool.Response>();
            Assert.That(
                HashOf(Description<std_srvs.srv.SetBool.Request, std_srvs.srv.SetBool.Response>()),
                Is.EqualTo(std_srvs.srv.SetBool.TypeHash));
        });

        static void Check<T>()
            where T : IMessage<T>, new() => Assert.That(HashOf(T.TypeDescription), Is.EqualTo(T.TypeHash));

        static ReadOnlySpan<byte> Description<TRequest, TResponse>()
            where TRequest : IServiceRequest<TResponse>
            where TResponse : class, IMessage<TResponse>, new() => TRequest.ServiceTypeDescription;

        static string HashOf(ReadOnlySpan<byte> description) =>
            "RIHS01_" + Convert.ToHexStringLower(SHA256.HashData(description));
    }

    private static (string Actual, string Published) Of<T>(string published)
        where T : IMessage<T>, new() => ($"{T.TypeName} {T.TypeHash}", $"{T.TypeName} RIHS01_{published}");

    private static (string Actual, string Published) OfService<TRequest, TResponse>(string published)
        where TRequest : IServiceRequest<TResponse>
        where TResponse : class, IMessage<TResponse>, new() =>
        ($"{TRequest.ServiceTypeName} {TRequest.ServiceTypeHash}", $"{TRequest.ServiceTypeName} RIHS01_{published}");
}

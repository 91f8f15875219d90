using rclcs.Middleware;
using rclcs.Tests.Support;
using std_srvs.srv;
using type_description_interfaces.msg;
using GetTypeDescription = type_description_interfaces.srv.GetTypeDescription;

namespace rclcs.Tests.Services;

public sealed class TypeDescriptionServiceTests
{
    [Test]
    public void Another_node_learns_what_a_type_looks_like()
    {
        using var talker = new SpinningNode("talker").Start();
        using var asker = new SpinningNode("asker").Start();
        using var client = asker.Node.CreateClient<GetTypeDescription.Request, GetTypeDescription.Response>(
            "/talker/get_type_description");
        Assert.That(client.WaitForService(Within.Time), Is.True);
        var call = client.CallAsync(new GetTypeDescription.Request
        {
            TypeName_ = std_msgs.msg.Header.TypeName,
            TypeHash_ = std_msgs.msg.Header.TypeHash,
        });
        Assert.That(call.Wait(Within.Time), Is.True);
        var description = call.Result.TypeDescription;

        Assert.That(call.Result.Successful, Is.True, call.Result.FailureReason);
        Assert.That(description.TypeDescription_.TypeName_, Is.EqualTo("std_msgs/msg/Header"));
        Assert.That(description.TypeDescription_.Fields.Select(field => field.Name), Is.EqualTo(new[] { "stamp", "frame_id" }));
        var stamp = description.TypeDescription_.Fields[0].Type;
        Assert.That((stamp.TypeId, stamp.NestedTypeName), Is.EqualTo((FieldType.FIELD_TYPE_NESTED_TYPE, "builtin_interfaces/msg/Time")));
        Assert.That(description.TypeDescription_.Fields[1].Type.TypeId, Is.EqualTo(FieldType.FIELD_TYPE_STRING));
        var time = description.ReferencedTypeDescriptions.Single();
        Assert.That(time.TypeName_, Is.EqualTo("builtin_interfaces/msg/Time"));
        Assert.That(time.Fields.Select(field => field.Type.TypeId), Is.EqualTo(new[] { FieldType.FIELD_TYPE_INT32, FieldType.FIELD_TYPE_UINT32 }));
        Assert.That(
            call.Result.TypeSources.Select(source => (source.TypeName_, source.Encoding, source.RawFileContents)),
            Is.EqualTo(new[]
            {
                ("std_msgs/msg/Header", "msg", std_msgs.msg.Header.Definition),
                ("builtin_interfaces/msg/Time", "msg", builtin_interfaces.msg.Time.Definition),
            }));
    }

    [Test]
    public void Services_and_messages_of_the_program_itself_are_described_too()
    {
        var service = Ask("std_srvs/srv/SetBool", ServiceType.Of<SetBool.Request, SetBool.Response>().Hash);
        Assert.That(service.Successful, Is.True, service.FailureReason);
        Assert.That(
            service.TypeDescription.TypeDescription_.Fields.Select(field => field.Name),
            Is.EqualTo(new[] { "request_message", "response_message", "event_message" }));
        Assert.That(service.TypeSources[0].RawFileContents, Does.Contain("bool data").And.Contain("---"));
        Assert.That(
            service.TypeSources.Single(source => source.TypeName_ == "std_srvs/srv/SetBool_Request").Encoding, Is.EqualTo("implicit"));

        Assert.That(Ask("std_srvs/srv/SetBool_Request", SetBool.Request.TypeHash).Successful, Is.True);
        Assert.That(Ask("rclcs_test_msgs/msg/EveryKind", rclcs_test_msgs.msg.EveryKind.TypeHash).Successful, Is.True);
    }

    [TestCase("std_msgs/msg/NoSuch", "'std_msgs/msg/NoSuch' is unknown here")]
    [TestCase("", "'' is unknown")]
    [TestCase("System/msg/Text[[", "unknown")]
    [TestCase("std_msgs/msg/String", "has the hash 'RIHS01_df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18' here, not 'RIHS01_0'")]
    public void What_is_not_known_is_refused_with_a_reason(string name, string reason)
    {
        var answer = Ask(name, "RIHS01_0");

        Assert.That(answer.Successful, Is.False);
        Assert.That(answer.FailureReason, Does.Contain(reason));
    }

    [Test]
    public void Sources_are_left_out_where_nobody_wants_them() => Assert.That(
        TypeDescriptionService.Answer(new GetTypeDescription.Request
        {
            TypeName_ = std_msgs.msg.String.TypeName,
            TypeHash_ = std_msgs.msg.String.TypeHash,
            IncludeTypeSources = false,
        }).TypeSources,
        Is.Empty);

    [Test]
    public void The_service_can_be_left_out()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "start_type_description_service:=false");
        using var other = new SpinningNode("other");
        using var client = other.Node.CreateClient<GetTypeDescription.Request, GetTypeDescription.Response>("/other/get_type_description");
        Assert.That(client.WaitForService(Within.Time), Is.True);
        using var none = other.Node.CreateClient<GetTypeDescription.Request, GetTypeDescription.Response>("/node/get_type_description");

        Assert.That(none.IsServiceAvailable, Is.False);
        Assert.That(node.Node.Parameters.Set("start_type_description_service", true).Reason, Does.Contain("read-only"));
    }

    private static GetTypeDescription.Response Ask(string name, string hash) =>
        TypeDescriptionService.Answer(new GetTypeDescription.Request { TypeName_ = name, TypeHash_ = hash });
}

using rclcs.Serialization;
using rclcs_test_msgs.msg;
using Header = std_msgs.msg.Header;
using StringMessage = std_msgs.msg.String;

namespace rclcs.Tests.Serialization;

public sealed class CdrReaderTests
{
    [TestCase(new byte[0], "A message of 0 bytes has no CDR header, which takes 4.")]
    [TestCase(new byte[] { 0, 1, 0 }, "A message of 3 bytes has no CDR header, which takes 4.")]
    [TestCase(new byte[] { 0, 3, 0, 0, 1 }, "The representation 0x0003 of the message is not plain CDR (0x0000 or 0x0001).")]
    [TestCase(new byte[] { 1, 1, 0, 0, 1 }, "The representation 0x0101 of the message is not plain CDR (0x0000 or 0x0001).")]
    [TestCase(new byte[] { 0, 1, 0, 0 }, "The message ends at byte 4, but 1 bytes were expected at byte 4.")]
    public void Bytes_that_are_no_message_are_refused_with_the_reason(byte[] bytes, string reason) =>
        Assert.That(
            () => MessageSerializer.Deserialize<std_msgs.msg.UInt8>(bytes),
            Throws.TypeOf<CdrException>().With.Message.EqualTo(reason));

    [Test]
    public void A_message_cut_anywhere_is_refused()
    {
        var bytes = MessageSerializer.Serialize(Samples.EveryKind());

        Assert.Multiple(() =>
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                var cut = bytes.AsMemory(0, length);
                Assert.That(() => MessageSerializer.Deserialize<EveryKind>(cut), Throws.TypeOf<CdrException>());
            }
        });
    }

    [Test]
    public void Bytes_behind_the_message_are_ignored()
    {
        var bytes = MessageSerializer.Serialize(Samples.EveryKind());

        var message = MessageSerializer.Deserialize<EveryKind>(bytes.Concat(new byte[] { 0, 0, 0 }).ToArray());

        Assert.That(message.Last, Is.EqualTo(42));
    }

    [Test]
    public void The_options_in_the_header_do_not_matter()
    {
        Assert.That(MessageSerializer.Deserialize<std_msgs.msg.UInt8>(new byte[] { 0, 1, 0xff, 0xff, 7 }).Data, Is.EqualTo(7));
    }

    [Test]
    public void Every_byte_but_zero_is_true()
    {
        var message = Samples.EveryKind();
        message.Bools = [false, true];
        var bytes = MessageSerializer.Serialize(message);
        var field = bytes.AsSpan().IndexOf(new byte[] { 2, 0, 0, 0, 0, 1, 0, 0, 3, 0, 0, 0, (byte)'x' });
        bytes[field + 5] = 0x80;

        Assert.That(MessageSerializer.Deserialize<EveryKind>(bytes).Bools, Is.EqualTo(new[] { false, true }));
    }

    [TestCase("ab\0", "ab", TestName = "A_string_ends_before_its_NUL")]
    [TestCase("ab", "ab", TestName = "The_NUL_may_be_missing_as_Fast_DDS_allows")]
    [TestCase("", "", TestName = "A_string_of_length_0_is_empty_as_Fast_DDS_allows")]
    [TestCase("a\0b\0", "a\0b", TestName = "A_NUL_within_a_string_is_kept")]
    public void A_string_is_read(string content, string expected)
    {
        var bytes = new byte[] { 0, 1, 0, 0, (byte)content.Length, 0, 0, 0 }.Concat(content.Select(c => (byte)c)).ToArray();

        Assert.That(MessageSerializer.Deserialize<StringMessage>(bytes).Data, Is.EqualTo(expected));
    }

    [Test]
    public void Bytes_that_are_not_UTF_8_become_replacement_characters()
    {
        var bytes = new byte[] { 0, 1, 0, 0, 4, 0, 0, 0, (byte)'a', 0xff, (byte)'b', 0 };

        Assert.That(MessageSerializer.Deserialize<StringMessage>(bytes).Data, Is.EqualTo("a\ufffdb"));
    }

    [TestCase("short ascii", 1)]
    [TestCase("with ümläuts and 🙂", 1)]
    [TestCase("a", 1000)]
    [TestCase("ü", 1000)]
    public void A_string_that_stays_the_same_stays_the_same_object(string part, int times)
    {
        var text = string.Concat(Enumerable.Repeat(part, times));
        var bytes = MessageSerializer.Serialize(new StringMessage { Data = text });
        var message = MessageSerializer.Deserialize<StringMessage>(bytes);
        var first = message.Data;

        Read(message, bytes);

        Assert.That(first, Is.EqualTo(text));
        Assert.That(message.Data, Is.SameAs(first));
    }

    [Test]
    public void A_string_that_changes_is_replaced()
    {
        var message = new StringMessage { Data = "old" };

        Read(message, MessageSerializer.Serialize(new StringMessage { Data = "new" }));

        Assert.That(message.Data, Is.EqualTo("new"));
    }

    [TestCase(0xffffffffu)]
    [TestCase(0x7fffffffu)]
    [TestCase(25u)]
    public void A_sequence_longer_than_the_message_is_refused_before_it_is_made(uint count)
    {
        var bytes = MessageSerializer.Serialize(Samples.Image());
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 24 - 4), count);

        Assert.That(
            () => MessageSerializer.Deserialize<sensor_msgs.msg.Image>(bytes),
            Throws.TypeOf<CdrException>().With.Message.EqualTo(
                $"The message announces {count} elements at byte 64, but only 24 bytes follow."));
    }

    [Test]
    public void A_sequence_above_its_bound_is_refused_with_the_field_named()
    {
        var bytes = MessageSerializer.Serialize(Samples.EveryKind());
        var field = bytes.AsSpan().IndexOf(new byte[] { 4, 0, 0, 0, 9, 8, 7, 6 });
        bytes[field] = 5;

        Assert.That(
            () => MessageSerializer.Deserialize<EveryKind>(bytes),
            Throws.TypeOf<CdrException>().With.Message.EqualTo(
                "rclcs_test_msgs/msg/EveryKind.bounded_bytes has 5 elements, but at most 4 are allowed."));
    }

    [Test]
    public void A_string_above_its_bound_is_refused_with_the_field_named()
    {
        var bytes = MessageSerializer.Serialize(new StringMessage { Data = new string('n', 257) });

        Assert.That(
            () => MessageSerializer.Deserialize<rmw_dds_common.msg.NodeEntitiesInfo>(bytes),
            Throws.TypeOf<CdrException>().With.Message.EqualTo(
                "rmw_dds_common/msg/NodeEntitiesInfo.node_namespace is a text of 257 units, but at most 256 are allowed."));
    }

    [Test]
    public void Lists_shrink_and_grow_with_what_is_read()
    {
        var message = MessageSerializer.Deserialize<EveryKind>(MessageSerializer.Serialize(Samples.EveryKind()));
        var shorter = Samples.EveryKind();
        shorter.Messages = [new() { Name = "only" }];
        shorter.Int32s = [1, 2, 3, 4];
        shorter.Strings = [];
        shorter.EmptyMessages = [new(), new(), new()];

        Read(message, MessageSerializer.Serialize(shorter));

        Assert.That(MessageText.Of(message), Is.EqualTo(MessageText.Of(shorter)));
    }

    [Test]
    public void Arrays_of_another_length_are_replaced()
    {
        var message = new EveryKind
        {
            BoolArray = [],
            StringArray = ["a", "b", "c"],
            WstringArray = [],
            MessageArray = [new()],
        };

        Read(message, MessageSerializer.Serialize(Samples.EveryKind()));

        Assert.That(MessageText.Of(message), Is.EqualTo(MessageText.Of(Samples.EveryKind())));
    }

    [Test]
    public void The_header_of_a_message_is_read_alone_from_its_front()
    {
        var header = MessageSerializer.Deserialize<Header>(MessageSerializer.Serialize(Samples.Image()));

        Assert.That(MessageText.Of(header), Is.EqualTo(MessageText.Of(Samples.Image().Header)));
    }

    private static void Read(IMessage message, byte[] bytes)
    {
        var reader = new CdrReader(bytes);
        message.Deserialize(ref reader);
    }
}

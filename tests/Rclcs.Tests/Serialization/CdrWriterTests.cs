using rclcs.Serialization;
using rclcs_test_msgs.msg;

namespace rclcs.Tests.Serialization;

public sealed class CdrWriterTests
{
    [Test]
    public void A_message_starts_with_the_header_of_little_endian_CDR() =>
        Assert.That(MessageSerializer.Serialize(new std_msgs.msg.UInt8 { Data = 7 }), Is.EqualTo(new byte[] { 0, 1, 0, 0, 7 }));

    [Test]
    public void Values_are_aligned_to_their_size_counted_from_behind_the_header()
    {
        var bytes = new byte[28];
        var writer = new CdrWriter(bytes);
        writer.WriteByte(1);
        writer.WriteUInt16(2);
        writer.WriteUInt32(3);
        writer.WriteByte(4);
        writer.WriteUInt64(5);

        Assert.That(
            bytes[4..],
            Is.EqualTo(new byte[] { 1, 0, 2, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0 }));
    }

    [Test]
    public void Padding_is_zero_whatever_the_buffer_held()
    {
        var bytes = new byte[12];
        Array.Fill(bytes, (byte)0xee);
        var writer = new CdrWriter(bytes);
        writer.WriteByte(1);
        writer.WriteUInt32(2);

        Assert.That(bytes, Is.EqualTo(new byte[] { 0, 1, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0 }));
    }

    [Test]
    public void Measuring_gives_the_length_that_is_written()
    {
        var message = Samples.EveryKind();
        var bytes = new byte[CdrWriter.Measure(message) + 100];
        var writer = new CdrWriter(bytes);
        message.Serialize(ref writer);

        Assert.That(writer.Length, Is.EqualTo(CdrWriter.Measure(message)));
        Assert.That(bytes.AsSpan(writer.Length).ToArray(), Is.All.Zero);
    }

    [Test]
    public void A_message_without_fields_takes_one_byte() =>
        Assert.That(MessageSerializer.Serialize(new std_msgs.msg.Empty()), Is.EqualTo(new byte[] { 0, 1, 0, 0, 0 }));

    [Test]
    public void Messages_without_fields_take_a_byte_each_inside_another() =>
        Assert.That(
            MessageSerializer.Serialize(new Outer { Last = 9 }), Is.EqualTo(new byte[] { 0, 1, 0, 0, 0, 0, 0, 9 }));

    [Test]
    public void A_lone_surrogate_is_written_as_the_replacement_character()
    {
        var bytes = MessageSerializer.Serialize(new std_msgs.msg.String { Data = "a\ud83d" });

        Assert.That(MessageSerializer.Deserialize<std_msgs.msg.String>(bytes).Data, Is.EqualTo("a\ufffd"));
    }

    [Test]
    public void A_buffer_that_is_too_small_gives_an_exception_that_says_so()
    {
        var message = Samples.Image();
        var tooSmall = CdrWriter.Measure(message) - 1;

        Assert.That(
            () =>
            {
                var writer = new CdrWriter(new byte[tooSmall]);
                message.Serialize(ref writer);
            },
            Throws.TypeOf<CdrException>().With.Message.Contains($"buffer of {tooSmall} bytes"));
    }

    [TestCase(0)]
    [TestCase(3)]
    public void A_buffer_without_room_for_the_header_gives_an_exception(int length) =>
        Assert.That(() => new CdrWriter(new byte[length]).Length, Throws.TypeOf<CdrException>());

    private static readonly (string Sentence, Action<EveryKind> Break)[] BrokenLimits =
    [
        ("rclcs_test_msgs/msg/EveryKind.a_bounded_string is a text of 13 units, but at most 12 are allowed.",
            message => message.ABoundedString = "zwölf Zeichen"[..12]),
        ("rclcs_test_msgs/msg/EveryKind.a_bounded_wstring is a text of 6 units, but at most 5 are allowed.",
            message => message.ABoundedWstring = "sechs!"),
        ("rclcs_test_msgs/msg/EveryKind.bool_array has 2 elements, but must have exactly 3.",
            message => message.BoolArray = [true, false]),
        ("rclcs_test_msgs/msg/EveryKind.byte_array has 4 elements, but must have exactly 3.",
            message => message.ByteArray = new byte[4]),
        ("rclcs_test_msgs/msg/EveryKind.string_array has 1 elements, but must have exactly 2.",
            message => message.StringArray = ["one"]),
        ("rclcs_test_msgs/msg/EveryKind.bounded_string_array is a text of 5 units, but at most 4 are allowed.",
            message => message.BoundedStringArray[1] = "12345"),
        ("rclcs_test_msgs/msg/EveryKind.wstring_array has 0 elements, but must have exactly 2.",
            message => message.WstringArray = []),
        ("rclcs_test_msgs/msg/EveryKind.message_array has 3 elements, but must have exactly 2.",
            message => message.MessageArray = [new(), new(), new()]),
        ("rclcs_test_msgs/msg/EveryKind.bounded_bools has 5 elements, but at most 4 are allowed.",
            message => message.BoundedBools = [true, true, true, true, true]),
        ("rclcs_test_msgs/msg/EveryKind.bounded_bytes has 5 elements, but at most 4 are allowed.",
            message => message.BoundedBytes = new byte[5]),
        ("rclcs_test_msgs/msg/EveryKind.bounded_strings has 4 elements, but at most 3 are allowed.",
            message => message.BoundedStrings = ["", "", "", ""]),
        ("rclcs_test_msgs/msg/EveryKind.bounded_strings is a text of 6 units, but at most 4 are allowed.",
            message => message.BoundedStrings = ["äöü"]),
        ("rclcs_test_msgs/msg/EveryKind.bounded_wstrings has 4 elements, but at most 3 are allowed.",
            message => message.BoundedWstrings = ["", "", "", ""]),
        ("rclcs_test_msgs/msg/EveryKind.bounded_messages has 3 elements, but at most 2 are allowed.",
            message => message.BoundedMessages = [new(), new(), new()]),
    ];

    [Test]
    public void A_field_that_breaks_its_limit_is_named_with_the_limit(
        [ValueSource(nameof(BrokenLimits))] (string Sentence, Action<EveryKind> Break) limit)
    {
        var message = Samples.EveryKind();
        limit.Break(message);

        Assert.That(
            () => MessageSerializer.Serialize(message), Throws.TypeOf<CdrException>().With.Message.EqualTo(limit.Sentence));
    }
}

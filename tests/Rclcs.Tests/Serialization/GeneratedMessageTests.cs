using System.Runtime.InteropServices;
using rclcs.Serialization;
using rclcs_test_msgs.msg;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Tests.Serialization;

public sealed class GeneratedMessageTests
{
    [Test]
    public void The_pixels_of_an_image_are_the_received_bytes_and_no_copy()
    {
        var bytes = MessageSerializer.Serialize(Samples.Image());

        var image = MessageSerializer.Deserialize<Image>(bytes);

        Assert.That(MemoryMarshal.TryGetArray(image.Data, out var pixels), Is.True);
        Assert.That(pixels.Array, Is.SameAs(bytes));
        Assert.That(pixels.Offset, Is.EqualTo(bytes.Length - 24));
        Assert.That(pixels.Count, Is.EqualTo(24));
    }

    [Test]
    public void Reading_an_image_again_allocates_nothing() =>
        Assert.That(AllocatedByReadingAgain<Image>(MessageSerializer.Serialize(Samples.Image())), Is.Zero);

    [Test]
    public void Reading_every_kind_of_field_again_allocates_nothing() =>
        Assert.That(AllocatedByReadingAgain<EveryKind>(MessageSerializer.Serialize(Samples.EveryKind())), Is.Zero);

    [Test]
    public void Measuring_and_writing_allocates_nothing()
    {
        var message = Samples.EveryKind();
        var buffer = new byte[CdrWriter.Measure(message)];
        Write(message, buffer);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Write(message, buffer);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        static void Write(EveryKind message, byte[] buffer)
        {
            CdrWriter.Measure(message);
            var writer = new CdrWriter(buffer);
            message.Serialize(ref writer);
        }
    }

    [Test]
    public void Reading_uses_lists_and_nested_messages_again()
    {
        var bytes = MessageSerializer.Serialize(Samples.EveryKind());
        var message = MessageSerializer.Deserialize<EveryKind>(bytes);
        var (nested, list, first) = (message.AMessage, message.Messages, message.Messages[0]);

        var reader = new CdrReader(bytes);
        message.Deserialize(ref reader);

        Assert.That(message.AMessage, Is.SameAs(nested));
        Assert.That(message.Messages, Is.SameAs(list));
        Assert.That(message.Messages[0], Is.SameAs(first));
    }

    [Test]
    public void A_new_message_holds_zeros_empty_texts_and_lists_and_full_arrays()
    {
        var message = new EveryKind();

        Assert.That(message.AnInt32, Is.Zero);
        Assert.That(message.AString, Is.Empty);
        Assert.That(message.AMessage.Name, Is.Empty);
        Assert.That(message.BoolArray, Is.EqualTo(new bool[3]));
        Assert.That(message.StringArray, Is.EqualTo(new[] { "", "" }));
        Assert.That(message.MessageArray, Has.Length.EqualTo(2).And.All.Not.Null);
        Assert.That(message.Strings, Is.Empty);
        Assert.That(message.Bytes.IsEmpty, Is.True);
        Assert.That(() => MessageSerializer.Serialize(message), Throws.Nothing);
    }

    [Test]
    public void A_new_message_holds_the_defaults_of_its_file()
    {
        var message = new Defaults();

        Assert.That(message.ABool, Is.True);
        Assert.That(message.AByte, Is.EqualTo(255));
        Assert.That(message.AnInt8, Is.EqualTo(-128));
        Assert.That(message.AnInt64, Is.EqualTo(long.MinValue));
        Assert.That(message.AUint64, Is.EqualTo(ulong.MaxValue));
        Assert.That(message.AFloat32, Is.EqualTo(3.4e38F));
        Assert.That(message.AFloat64, Is.EqualTo(-0.001125));
        Assert.That(message.NotANumber, Is.NaN);
        Assert.That(message.Infinite, Is.EqualTo(double.NegativeInfinity));
        Assert.That(message.Plain, Is.EqualTo("hello world"));
        Assert.That(message.DoubleQuoted, Is.EqualTo("Hello'world! "));
        Assert.That(message.SingleQuoted, Is.EqualTo("say 'hi' \"there\""));
        Assert.That(message.Empty, Is.Empty);
        Assert.That(message.Bounded, Is.EqualTo("fünf"));
        Assert.That(message.Wide, Is.EqualTo("ハロー"));
        Assert.That(message.Bools, Is.EqualTo(new[] { true, false, true }));
        Assert.That(message.Bytes.ToArray(), Is.EqualTo(new byte[] { 1, 2, 255 }));
        Assert.That(message.Numbers, Is.EqualTo(new short[] { -1, 2, 3 }));
        Assert.That(message.BoundedNumbers, Is.Empty);
        Assert.That(message.Floats, Is.EqualTo(new[] { 0.5F, 1000F }));
        Assert.That(message.Strings, Is.EqualTo(new[] { "a, b", "c\"d", "e" }));
        Assert.That(message.BoundedStrings, Is.EqualTo(new[] { "x", "yz" }));
    }

    [Test]
    public void Constants_have_the_values_of_the_file()
    {
        Assert.That(Constants.YES, Is.True);
        Assert.That(Constants.A_BYTE, Is.EqualTo(50));
        Assert.That(Constants.A_CHAR, Is.EqualTo(100));
        Assert.That(Constants.AN_INT8, Is.EqualTo(-50));
        Assert.That(Constants.A_UINT16, Is.EqualTo(65535));
        Assert.That(Constants.OCTAL, Is.EqualTo(15));
        Assert.That(Constants.BINARY, Is.EqualTo(5));
        Assert.That(Constants.SMALLEST, Is.EqualTo(long.MinValue));
        Assert.That(Constants.LARGEST, Is.EqualTo(ulong.MaxValue));
        Assert.That(Constants.A_FLOAT32, Is.EqualTo(1.125F));
        Assert.That(Constants.A_FLOAT64, Is.EqualTo(-1e-9));
        Assert.That(Constants.QUOTED, Is.EqualTo("a = b"));
        Assert.That(Constants.BARE, Is.EqualTo("several words"));
        Assert.That(Constants.WIDE, Is.EqualTo("weit"));
    }

    [Test]
    public void Fields_whose_names_are_taken_get_a_trailing_underscore()
    {
        var names = typeof(NameClashes).GetProperties().Select(property => property.Name);

        Assert.That(NameClashes.COLOR, Is.EqualTo(7));
        Assert.That(names, Is.EqualTo(new[]
        {
            "Color", "NameClashes_", "TypeName_", "TypeHash_", "Definition_", "Serialize_", "Equals_",
            "A1", "A1_", "StringValue", "Class",
        }));
    }

    [Test]
    public void A_message_carries_its_name_and_its_file()
    {
        Assert.That(TypeNameOf<Image>(), Is.EqualTo("sensor_msgs/msg/Image"));
        Assert.That(Image.TypeName, Is.EqualTo("sensor_msgs/msg/Image"));
        Assert.That(Inner.Definition, Is.EqualTo("uint8 id\nfloat64 value\nstring name\nint16[] numbers\n"));

        static string TypeNameOf<T>()
            where T : IMessage<T>, new() => T.TypeName;
    }

    private static long AllocatedByReadingAgain<T>(byte[] bytes)
        where T : IMessage, new()
    {
        var message = new T();
        Read(message, bytes);
        Read(message, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Read(message, bytes);

        return GC.GetAllocatedBytesForCurrentThread() - before;

        static void Read(T message, byte[] bytes)
        {
            var reader = new CdrReader(bytes);
            message.Deserialize(ref reader);
        }
    }
}

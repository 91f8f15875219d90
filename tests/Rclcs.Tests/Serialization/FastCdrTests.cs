using rclcs.Serialization;

namespace rclcs.Tests.Serialization;

/// <summary>Our CDR against that of Fast CDR: recorded bytes always, the program itself where it is built.</summary>
public sealed class FastCdrTests
{
    private static readonly TestCaseData[] Messages =
    [
        new TestCaseData("every_kind", Samples.EveryKind()).SetArgDisplayNames("every_kind"),
        new TestCaseData("image", Samples.Image()).SetArgDisplayNames("image"),
    ];

    [TestCaseSource(nameof(Messages))]
    public void A_message_becomes_the_bytes_that_Fast_CDR_wrote(string name, IMessage message) =>
        Assert.That(MessageSerializer.Serialize(message), Is.EqualTo(RecordedCdr.Read(name)));

    [TestCaseSource(nameof(Messages))]
    public void Bytes_that_Fast_CDR_wrote_become_the_message(string name, IMessage expected)
    {
        var message = Read(expected, RecordedCdr.Read(name));

        Assert.That(MessageText.Of(message), Is.EqualTo(MessageText.Of(expected)));
    }

    [Test]
    public void Big_endian_bytes_that_Fast_CDR_wrote_become_the_message()
    {
        var message = Read(Samples.EveryKind(), RecordedCdr.Read("every_kind_big_endian"));

        Assert.That(MessageText.Of(message), Is.EqualTo(MessageText.Of(Samples.EveryKind())));
    }

    [TestCaseSource(nameof(Messages))]
    public void The_recorded_bytes_are_still_what_Fast_CDR_writes(string name, IMessage message) =>
        Assert.That(CdrPeer.Run([], "write", "little", name), Is.EqualTo(RecordedCdr.Read(name)));

    [TestCaseSource(nameof(Messages))]
    public void Big_endian_bytes_of_Fast_CDR_become_the_message(string name, IMessage expected)
    {
        var message = Read(expected, CdrPeer.Run([], "write", "big", name));

        Assert.That(MessageText.Of(message), Is.EqualTo(MessageText.Of(expected)));
    }

    [TestCaseSource(nameof(Messages))]
    public void Fast_CDR_reads_our_bytes_and_writes_them_again_unchanged(string name, IMessage message)
    {
        var bytes = MessageSerializer.Serialize(message);

        Assert.That(CdrPeer.Run(bytes, "echo", name), Is.EqualTo(bytes));
    }

    private static IMessage Read(IMessage sameType, byte[] bytes)
    {
        var message = (IMessage)Activator.CreateInstance(sameType.GetType())!;
        var reader = new CdrReader(bytes);
        message.Deserialize(ref reader);
        return message;
    }
}

using NUnit.Framework.Interfaces;
using rclcs.Serialization;

namespace rclcs.Generator.Tests.RosInterfaces;

/// <summary>Every message and service of ROS 2's own packages is generated, compiled, written and read.</summary>
[TestFixtureSource(typeof(InterfaceSet), nameof(InterfaceSet.All))]
public sealed class RosInterfacesTests(InterfaceSet set)
{
    private GeneratedInterfaces _interfaces = null!;
    private Type? _checked;

    [OneTimeSetUp]
    public void Compile() => _interfaces = GeneratedInterfaces.Compile(set.Files());

    [TearDown]
    public void SayWhichTypeFailed()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
            TestContext.Out.WriteLine($"The type is {_checked}.");
    }

    [Test]
    public void A_message_is_written_as_a_plain_reference_writes_it() => ForEachMessage(filled =>
        Assert.That(MessageSerializer.Serialize(filled), Is.EqualTo(ReferenceCdr.Write(_interfaces, filled))));

    [Test]
    public void A_new_message_is_what_is_read_of_it() => ForEachType(type =>
    {
        var written = (IMessage)Activator.CreateInstance(type)!;
        var read = new MessageFiller(_interfaces, MessageFiller.Longest).Create(type);

        CheckRead(written, read, bigEndian: false);
    });

    [TestCase(false, TestName = "Little_endian_bytes_become_the_message_whatever_it_held_before")]
    [TestCase(true, TestName = "Big_endian_bytes_become_the_message_whatever_it_held_before")]
    public void Bytes_become_the_message(bool bigEndian)
    {
        var read = _interfaces.Messages.ToDictionary(type => type, type => (IMessage)Activator.CreateInstance(type)!);

        ForEachMessage(filled => CheckRead(filled, read[filled.GetType()], bigEndian));
    }

    [Test]
    public void A_message_that_is_cut_off_anywhere_is_refused() => ForEachType(type =>
    {
        var message = new MessageFiller(_interfaces, MessageFiller.Longest).Create(type);
        var whole = MessageSerializer.Serialize(message);
        for (var length = 0; length < whole.Length; length++)
        {
            try
            {
                Read(message, whole.AsMemory(0, length));
                Assert.Fail($"{length} of {whole.Length} bytes were taken for a {type}.");
            }
            catch (CdrException)
            {
                // As it should be; anything else ends the test.
            }
        }
    });

    private static void Read(IMessage message, ReadOnlyMemory<byte> bytes)
    {
        var reader = new CdrReader(bytes);
        message.Deserialize(ref reader);
    }

    private void CheckRead(IMessage written, IMessage read, bool bigEndian)
    {
        Read(read, ReferenceCdr.Write(_interfaces, written, bigEndian));

        Assert.That(ReferenceCdr.Write(_interfaces, read), Is.EqualTo(ReferenceCdr.Write(_interfaces, written)));
    }

    private void ForEachMessage(Action<IMessage> check) => ForEachType(type =>
    {
        for (var filling = 0; filling < MessageFiller.Fillings; filling++)
            check(new MessageFiller(_interfaces, filling).Create(type));
    });

    private void ForEachType(Action<Type> check)
    {
        foreach (var type in _interfaces.Messages)
        {
            _checked = type;
            check(type);
        }
    }
}

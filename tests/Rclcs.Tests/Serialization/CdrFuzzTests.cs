using rclcs.Serialization;
using rclcs_test_msgs.msg;
using rmw_dds_common.msg;

namespace rclcs.Tests.Serialization;

/// <summary>Bytes that nobody meant to send, the same ones in every run.</summary>
public sealed class CdrFuzzTests
{
    private const int InputsPerType = 30_000;

    /// <summary>
    /// The most that reading may allocate for a byte of input. The worst is a sequence of messages without fields: each
    /// byte becomes an object of 24 and a place in a list that doubles as it grows.
    /// </summary>
    private const int AllocationPerByte = 64;

    /// <summary>A new EveryKind with its exception, whatever the input.</summary>
    private const int AllocationOfAnyInput = 16 * 1024;

    private static readonly byte[][] Extremes =
    [
        [0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0x80], [1, 0, 0, 0], [0, 0, 1, 0],
    ];

    [TestCase("every_kind")]
    [TestCase("every_kind_big_endian")]
    public void Whatever_the_bytes_every_kind_of_field_is_read_or_refused(string recorded) =>
        Fuzz<EveryKind>(RecordedCdr.Read(recorded));

    [Test]
    public void Whatever_the_bytes_an_image_is_read_or_refused() =>
        Fuzz<sensor_msgs.msg.Image>(RecordedCdr.Read("image"));

    [Test]
    public void Whatever_the_bytes_the_nodes_of_a_participant_are_read_or_refused() =>
        Fuzz<ParticipantEntitiesInfo>(MessageSerializer.Serialize(new ParticipantEntitiesInfo
        {
            NodeEntitiesInfoSeq =
            [
                new() { NodeNamespace = "/", NodeName = "camera", ReaderGidSeq = [new(), new()] },
                new() { NodeNamespace = "/robot", NodeName = "detector", WriterGidSeq = [new()] },
            ],
        }));

    private static void Fuzz<T>(byte[] original)
        where T : IMessage, new()
    {
        var random = new Random(20261123);
        var read = 0;
        var refused = 0;
        for (var i = 0; i < InputsPerType; i++)
        {
            var input = Mutate(original, random);
            if (TryRead<T>(input, out var allocated))
                read++;
            else
                refused++;

            // Once more, as the runtime itself allocates when it does something for the first time.
            var most = AllocationOfAnyInput + ((long)AllocationPerByte * input.Length);
            if (allocated > most)
                TryRead<T>(input, out allocated);

            if (allocated > most)
                Assert.Fail($"{allocated} bytes allocated to read {Convert.ToHexString(input)}");
        }

        // Else the inputs are all too broken, or not broken at all.
        Assert.That(read, Is.GreaterThan(InputsPerType / 100));
        Assert.That(refused, Is.GreaterThan(InputsPerType / 100));
    }

    private static bool TryRead<T>(byte[] input, out long allocated)
        where T : IMessage, new()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            MessageSerializer.Deserialize<T>(input);
            return true;
        }
        catch (CdrException)
        {
            return false;
        }
        finally
        {
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>Cuts, lengthens, changes single bytes, and puts extreme counts at the places where counts stand.</summary>
    private static byte[] Mutate(byte[] original, Random random)
    {
        var length = random.Next(4) == 0 ? random.Next(original.Length + 1) : original.Length + random.Next(3);
        var bytes = new byte[length];
        original.AsSpan(0, Math.Min(length, original.Length)).CopyTo(bytes);
        for (var changes = random.Next(4); changes > 0 && length > 0; changes--)
        {
            if (random.Next(3) == 0)
            {
                var extreme = Extremes[random.Next(Extremes.Length)];
                var at = random.Next(length) & ~3;
                extreme.AsSpan(0, Math.Min(extreme.Length, length - at)).CopyTo(bytes.AsSpan(at));
            }
            else
            {
                // Mostly small numbers: they make counts that nearly fit.
                bytes[random.Next(length)] = (byte)(random.Next(2) == 0 ? random.Next(8) : random.Next(256));
            }
        }

        return bytes;
    }
}

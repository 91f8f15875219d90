using rclcs.Middleware.CycloneDds;
using rclcs.Middleware.CycloneDds.Interop;
using rclcs.Tests.Support;

namespace rclcs.Tests.Middleware.CycloneDds;

/// <summary>What arrives in pieces from the network, through the function that Cyclone DDS calls.</summary>
[EmbeddedMiddleware]
public sealed unsafe class CdrSerdataTests
{
    private const int Header = FragmentLayout.MessageHeaderSize;
    private nint _sertype;

    [OneTimeSetUp]
    public void CreateType()
    {
        DdscLibrary.Load();
        _sertype = CdrSertype.Create("test::msg::dds_::Test_");
    }

    [OneTimeTearDown]
    public void DeleteType() => Ddsc.ddsi_sertype_unref(_sertype);

    [Test]
    public void Pieces_are_put_together() => Assert.That(Assemble(10, (0, 4), (4, 10)), Is.EqualTo(Sample(10)));

    [Test]
    public void Pieces_may_overlap() => Assert.That(Assemble(12, (0, 6), (2, 5), (3, 12)), Is.EqualTo(Sample(12)));

    [TestCase(10, 0, 4, 5, 10, TestName = "A gap is refused")]
    [TestCase(10, 0, 4, 4, 9, TestName = "A missing end is refused")]
    [TestCase(10, 0, 4, 4, 11, TestName = "A piece beyond the end is refused")]
    [TestCase(10, 1, 4, 4, 10, TestName = "A missing start is refused")]
    [TestCase(3, 0, 2, 2, 3, TestName = "A sample without room for its header is refused")]
    public void What_is_incomplete_is_refused(int size, int start1, int end1, int start2, int end2) =>
        Assert.That(Assemble(size, (start1, end1), (start2, end2)), Is.Null);

    [Test]
    public void Any_pieces_give_the_sample_or_nothing()
    {
        var random = new Random(1);
        var complete = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var size = random.Next(0, 40);
            var pieces = new (int Start, int End)[random.Next(0, 5)];
            var last = 0;
            for (var p = 0; p < pieces.Length; p++)
            {
                var start = Math.Max(0, last - random.Next(-1, 3));
                last = random.Next(8) == 0 ? random.Next(0, 60) : Math.Min(size, start + random.Next(0, 25));
                pieces[p] = (start, last);
            }

            if (Assemble(size, pieces) is { } sample)
            {
                complete++;
                Assert.That(sample, Is.EqualTo(Sample(size)));
            }
        }

        Assert.That(complete, Is.GreaterThan(1000));
    }

    [Test]
    public void The_length_is_rounded_up_to_four_and_the_tail_is_zero()
    {
        var serdata = CdrSerdata.Create(_sertype, 13);
        var bytes = new ReadOnlySpan<byte>((void*)CdrSerdata.Data(serdata), CdrSerdata.DataLength(serdata));

        Assert.That(bytes.Length, Is.EqualTo(16));
        Assert.That(bytes[13..].ToArray(), Is.All.Zero);
        Assert.That((long)(CdrSerdata.Data(serdata) + 4) % 8, Is.Zero, "alignment counts from behind the header");
        Ddsc.ddsi_serdata_unref(serdata);
    }

    [Test]
    public void The_layout_check_passes_on_this_library() => Assert.That(() => LayoutCheck.Run("here"), Throws.Nothing);

    private static byte[] Sample(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)(i + 1))];

    /// <summary>Calls from_ser with a forged chain of packets, each of which holds its piece behind an offset.</summary>
    private byte[]? Assemble(int size, params (int Start, int End)[] pieces)
    {
        const int Offset = 20;
        var fragments = stackalloc FragmentLayout[pieces.Length];
        var packets = stackalloc byte[pieces.Length * 256];
        for (var i = 0; i < pieces.Length; i++)
        {
            var packet = packets + (i * 256);
            fragments[i] = new FragmentLayout
            {
                Message = packet,
                Next = i + 1 < pieces.Length ? &fragments[i + 1] : null,
                Start = (uint)pieces[i].Start,
                End = (uint)pieces[i].End,
                PayloadOffset = Offset,
            };
            for (var at = pieces[i].Start; at < pieces[i].End; at++)
                packet[Header + Offset + at - pieces[i].Start] = (byte)(at + 1);
        }

        var fromFragments = (delegate* unmanaged[Cdecl]<nint, int, FragmentLayout*, nuint, nint>)((nint*)CdrSerdata.Operations)[2];
        var serdata = fromFragments(_sertype, SerdataLayout.KindData, pieces.Length > 0 ? fragments : null, (nuint)size);
        if (serdata == 0)
            return null;

        var bytes = new ReadOnlySpan<byte>((void*)CdrSerdata.Data(serdata), size).ToArray();
        Ddsc.ddsi_serdata_unref(serdata);
        return bytes;
    }
}

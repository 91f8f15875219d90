using System.Runtime.InteropServices;
using rclcs.Serialization;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Tests.Serialization;

public sealed unsafe class UnmanagedMemoryTests
{
    private const int Length = 24;

    private byte* _block;

    [SetUp]
    public void Allocate()
    {
        _block = (byte*)NativeMemory.Alloc(Length);
        for (var i = 0; i < Length; i++)
            _block[i] = (byte)i;
    }

    [TearDown]
    public void Free() => NativeMemory.Free(_block);

    [Test]
    public void A_message_is_written_from_native_memory()
    {
        using var memory = new UnmanagedMemory();
        memory.Set((nint)_block, Length);

        var bytes = MessageSerializer.Serialize(new Image { Data = memory.Memory });

        Assert.That(bytes.AsSpan(bytes.Length - Length).ToArray(), Is.EqualTo(Enumerable.Range(0, Length)));
    }

    [Test]
    public void A_message_is_read_on_native_memory_without_a_copy()
    {
        var bytes = MessageSerializer.Serialize(Samples.Image());
        var received = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
        try
        {
            bytes.CopyTo(new Span<byte>(received, bytes.Length));
            using var memory = new UnmanagedMemory();
            memory.Set((nint)received, bytes.Length);

            var image = MessageSerializer.Deserialize<Image>(memory.Memory);

            using var pixels = image.Data.Pin();
            Assert.That((nint)pixels.Pointer, Is.EqualTo((nint)received + bytes.Length - Length));
        }
        finally
        {
            NativeMemory.Free(received);
        }
    }

    [Test]
    public void What_was_handed_out_fails_once_the_block_is_gone()
    {
        using var memory = new UnmanagedMemory();
        memory.Set((nint)_block, Length);
        var view = memory.Memory;

        memory.Clear();

        Assert.That(() => view.Span[0], Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(memory.Memory.IsEmpty, Is.True);
    }

    [Test]
    public void One_instance_shows_block_after_block()
    {
        using var memory = new UnmanagedMemory();
        memory.Set((nint)_block, 2);
        memory.Set((nint)_block + 4, 3);

        Assert.That(memory.Memory.ToArray(), Is.EqualTo(new byte[] { 4, 5, 6 }));
    }

    [Test]
    public void A_block_without_address_or_of_negative_length_is_refused()
    {
        using var memory = new UnmanagedMemory();

        Assert.That(() => memory.Set(0, 1), Throws.TypeOf<ArgumentNullException>());
        Assert.That(() => memory.Set((nint)_block, -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.Pin(1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}

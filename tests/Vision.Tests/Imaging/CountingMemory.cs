using System.Buffers;
using System.Runtime.InteropServices;

namespace Vision.Tests.Imaging;

/// <summary>Memory that knows how many pins hold it.</summary>
internal sealed class CountingMemory(byte[] bytes) : MemoryManager<byte>
{
    public int Pins { get; private set; }

    public override Span<byte> GetSpan() => bytes;

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        Pins++;
        var handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        unsafe
        {
            return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + elementIndex, handle, this);
        }
    }

    public override void Unpin() => Pins--;

    protected override void Dispose(bool disposing)
    {
    }
}

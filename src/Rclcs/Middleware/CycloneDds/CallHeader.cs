using System.Runtime.InteropServices;
using rclcs.Serialization;

namespace rclcs.Middleware.CycloneDds;

/// <summary>
/// What rmw_cyclonedds puts between the CDR header and the body of a request, and what comes back with the response.
/// </summary>
/// <param name="Client">Which client calls: any number that no other client has.</param>
/// <param name="SequenceNumber">Which of its calls.</param>
internal readonly unsafe record struct CallHeader(ulong Client, long SequenceNumber)
{
    /// <summary>Bytes; a multiple of 8, so the body's alignment is the same with and without.</summary>
    private const int Size = sizeof(ulong) + sizeof(long);

    /// <summary>Gives memory for a message, with room for the header in front of it.</summary>
    public static OutgoingMessage Allocate(CyclonePublisher publisher, int size)
    {
        var whole = publisher.Allocate(size + Size);
        return new OutgoingMessage(whole.Handle, whole.Data + Size, size);
    }

    /// <summary>Makes a message without header of a received one, which is released.</summary>
    /// <exception cref="CdrException">It is too short to have one.</exception>
    public static IncomingMessage TakeOff(IncomingMessage whole, out CallHeader header)
    {
        try
        {
            using var bytes = new UnmanagedMemory();
            bytes.Set(whole.Data, whole.Length);
            var reader = new CdrReader(bytes.Memory);
            header = new CallHeader(reader.ReadUInt64(), reader.ReadInt64());

            // A copy: the sample in the library's hands may be that of other readers too, and sent again.
            var length = whole.Length - Size;
            var data = (byte*)NativeMemory.Alloc((nuint)length);
            NativeMemory.Copy((byte*)whole.Data, data, CdrEncapsulation.Size);
            NativeMemory.Copy(
                (byte*)whole.Data + CdrEncapsulation.Size + Size,
                data + CdrEncapsulation.Size,
                (nuint)(length - CdrEncapsulation.Size));
            return new IncomingMessage(CopyOwner.Instance, (nint)data, (nint)data, length, whole.Info);
        }
        finally
        {
            whole.Release();
        }
    }

    /// <summary>Puts the header in its place in memory that came from <see cref="Allocate"/> and has been filled.</summary>
    /// <returns>The message to write.</returns>
    public OutgoingMessage PutOn(OutgoingMessage message)
    {
        var whole = new OutgoingMessage(message.Handle, message.Data - Size, message.Length + Size);

        // The body is where it belongs; the CDR header moves to the front.
        message.Bytes[..CdrEncapsulation.Size].CopyTo(whole.Bytes);
        var header = whole.Bytes.Slice(CdrEncapsulation.Size, Size);
        MemoryMarshal.Write(header, Client);
        MemoryMarshal.Write(header[sizeof(ulong)..], SequenceNumber);
        return whole;
    }

    private sealed class CopyOwner : IMessageOwner
    {
        public static CopyOwner Instance { get; } = new();

        public void Release(nint handle) => NativeMemory.Free((void*)handle);
    }
}

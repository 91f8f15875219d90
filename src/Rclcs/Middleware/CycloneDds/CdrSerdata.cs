using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>
/// A sample as Cyclone DDS carries it (<c>ddsi_serdata</c>): a counted block of native memory with the CDR in it.
/// What arrives is put together from its packets straight into such a block, and what is sent is serialized into one:
/// one copy in each direction.
/// </summary>
/// <remarks>
/// The operations are called by the library, on its receive threads too: they take no lock, throw nothing and believe
/// nothing that came from the network.
/// </remarks>
internal static unsafe class CdrSerdata
{
    private const int OperationCount = 17;
    private const int TableSize = 32;
    private const int HeaderSize = 4;
    private const int MaxDataLength = int.MaxValue - 1024;

    /// <summary><c>ddsi_serdata_ops</c>; lives as long as the process.</summary>
    public static nint Operations { get; } = CreateOperations();

    /// <summary>Creates a sample with one reference, to be filled with CDR.</summary>
    /// <param name="sertype">Its type.</param>
    /// <param name="length">Bytes of CDR with its header. Padded with zeros to a multiple of four.</param>
    /// <exception cref="OutOfMemoryException">There is no memory for it.</exception>
    public static nint Create(nint sertype, int length)
    {
        var padded = (length + 3) & ~3;
        var serdata = Allocate(sertype, SerdataLayout.KindData, padded);
        new Span<byte>((byte*)Data(serdata) + length, padded - length).Clear();
        return serdata;
    }

    /// <summary>First byte of the CDR header.</summary>
    public static nint Data(nint serdata) => serdata + SerdataLayout.DataOffset;

    /// <summary>Bytes of CDR with its header, padded to a multiple of four.</summary>
    public static int DataLength(nint serdata) => ((SerdataLayout*)serdata)->DataLength;

    private static nint Allocate(nint sertype, int kind, int dataLength)
    {
        var serdata = (nint)NativeMemory.Alloc((nuint)SerdataLayout.DataOffset + (nuint)dataLength);
        Ddsc.ddsi_serdata_init(serdata, sertype, kind);
        ((SerdataLayout*)serdata)->DataLength = dataLength;
        return serdata;
    }

    private static nint CreateOperations()
    {
        var table = (nint*)NativeMemory.AllocZeroed(TableSize, (nuint)sizeof(nint));
        var operations = new Span<nint>(table, OperationCount);
        operations[0] = (nint)(delegate* unmanaged[Cdecl]<nint, nint, byte>)&AreKeysEqual;
        operations[1] = (nint)(delegate* unmanaged[Cdecl]<nint, uint>)&GetSize;
        operations[2] = (nint)(delegate* unmanaged[Cdecl]<nint, int, FragmentLayout*, nuint, nint>)&FromFragments;
        operations[3] = (nint)(delegate* unmanaged[Cdecl]<nint, int, nuint, DdsIovec*, nuint, nint>)&FromVector;
        operations[4] = (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint>)&FromKeyHash;
        operations[5] = (nint)(delegate* unmanaged[Cdecl]<nint, int, void*, nint>)&FromSample;
        operations[6] = (nint)(delegate* unmanaged[Cdecl]<nint, nuint, nuint, byte*, void>)&CopyTo;
        operations[7] = (nint)(delegate* unmanaged[Cdecl]<nint, nuint, nuint, DdsIovec*, nint>)&Lend;
        operations[8] = (nint)(delegate* unmanaged[Cdecl]<nint, DdsIovec*, void>)&EndLoan;
        operations[9] = (nint)(delegate* unmanaged[Cdecl]<nint, void*, void**, void*, byte>)&ToSample;
        operations[10] = (nint)(delegate* unmanaged[Cdecl]<nint, nint>)&ToUntyped;
        operations[11] = (nint)(delegate* unmanaged[Cdecl]<nint, nint, void*, void**, void*, byte>)&UntypedToSample;
        operations[12] = (nint)(delegate* unmanaged[Cdecl]<nint, void>)&Free;
        operations[13] = (nint)(delegate* unmanaged[Cdecl]<nint, nint, byte*, nuint, nuint>)&Print;
        operations[14] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, byte, void>)&GetKeyHash;
        operations[15] = (nint)(delegate* unmanaged[Cdecl]<nint, uint>)&GetSampleSize;
        operations[16] = (nint)(delegate* unmanaged[Cdecl]<nint, int, void*, void*, nint>)&FromSharedMemory;
        return (nint)table;
    }

    /// <summary>For a callback, which must not throw: 0 where there is no memory.</summary>
    private static nint TryAllocate(nint sertype, int kind, int dataLength)
    {
        try
        {
            return Allocate(sertype, kind, dataLength);
        }
        catch (OutOfMemoryException)
        {
            return 0;
        }
    }

    private static nint TryCreateForReceived(nint sertype, int kind, nuint size)
    {
        if (kind != SerdataLayout.KindData)
            return TryAllocate(sertype, kind, dataLength: 0);

        if (size is < HeaderSize or > MaxDataLength)
            return 0;

        var padded = ((int)size + 3) & ~3;
        var serdata = TryAllocate(sertype, kind, padded);
        if (serdata != 0)
            new Span<byte>((byte*)Data(serdata) + (int)size, padded - (int)size).Clear();

        return serdata;
    }

    // Types without key: all samples of a topic are of one instance.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte AreKeysEqual(nint left, nint right) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint GetSize(nint serdata) => (uint)DataLength(serdata);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint FromFragments(nint sertype, int kind, FragmentLayout* fragment, nuint size)
    {
        var serdata = TryCreateForReceived(sertype, kind, size);
        if (serdata == 0 || kind != SerdataLayout.KindData)
            return serdata;

        // Pieces come in order but may overlap.
        uint filled = 0;
        for (; fragment != null; fragment = fragment->Next)
        {
            if (fragment->End <= filled)
                continue;

            if (fragment->Start > filled || fragment->End > size)
                break;

            var source = fragment->Payload + (filled - fragment->Start);
            var count = fragment->End - filled;
            NativeMemory.Copy(source, (byte*)Data(serdata) + filled, count);
            filled = fragment->End;
        }

        if (filled == size)
            return serdata;

        NativeMemory.Free((void*)serdata);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint FromVector(nint sertype, int kind, nuint count, DdsIovec* vector, nuint size)
    {
        var serdata = TryCreateForReceived(sertype, kind, size);
        if (serdata == 0 || kind != SerdataLayout.KindData)
            return serdata;

        nuint filled = 0;
        for (nuint i = 0; i < count && filled < size; i++)
        {
            var length = nuint.Min(vector[i].Length, size - filled);
            NativeMemory.Copy(vector[i].Base, (byte*)Data(serdata) + filled, length);
            filled += length;
        }

        if (filled == size)
            return serdata;

        NativeMemory.Free((void*)serdata);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint FromKeyHash(nint sertype, nint keyHash) =>
        TryAllocate(sertype, SerdataLayout.KindKey, dataLength: 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint FromSample(nint sertype, int kind, void* sample) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void CopyTo(nint serdata, nuint offset, nuint size, byte* target) =>
        NativeMemory.Copy((byte*)Data(serdata) + offset, target, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Lend(nint serdata, nuint offset, nuint size, DdsIovec* target)
    {
        target->Base = (byte*)Data(serdata) + offset;
        target->Length = size;
        return Ddsc.ddsi_serdata_ref(serdata);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void EndLoan(nint serdata, DdsIovec* lent) => Ddsc.ddsi_serdata_unref(serdata);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte ToSample(nint serdata, void* sample, void** buffer, void* limit) => 0;

    // The key of a type without key: a block without data, so that the instance doesn't hold a message for ever.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint ToUntyped(nint serdata)
    {
        var untyped = TryAllocate(((SerdataLayout*)serdata)->Sertype, SerdataLayout.KindKey, dataLength: 0);
        if (untyped != 0)
            ((SerdataLayout*)untyped)->Sertype = 0;

        return untyped;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte UntypedToSample(nint sertype, nint serdata, void* sample, void** buffer, void* limit) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint serdata) => NativeMemory.Free((void*)serdata);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Print(nint sertype, nint serdata, byte* buffer, nuint size)
    {
        if (size > 0)
            buffer[0] = 0;

        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void GetKeyHash(nint serdata, byte* keyHash, byte forceMd5) => new Span<byte>(keyHash, 16).Clear();

    // Shared memory is never used: the types here are of no fixed size.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint GetSampleSize(nint serdata) => (uint)DataLength(serdata);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint FromSharedMemory(nint sertype, int kind, void* subscriber, void* chunk) => 0;
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>
/// A type as Cyclone DDS knows it (<c>ddsi_sertype</c>) of which only the name is known: samples are CDR bytes, see
/// <see cref="CdrSerdata"/>.
/// </summary>
internal static unsafe class CdrSertype
{
    private const int OperationCount = 14;

    // More room than the 14 pointers of 0.10, zeroed, should a sibling look further.
    private const int TableSize = 32;

    /// <summary><c>ddsi_sertype_ops</c>; lives as long as the process.</summary>
    public static nint Operations { get; } = CreateOperations();

    /// <summary>Creates a type with one reference, which <c>dds_create_topic_sertype</c> takes over on success.</summary>
    /// <param name="typeName">For example <c>std_msgs::msg::dds_::String_</c>.</param>
    public static nint Create(string typeName)
    {
        var sertype = (nint)NativeMemory.AllocZeroed(SertypeLayout.AllocatedSize);
        fixed (byte* name = DdsText.ToNullTerminated(typeName))
            Ddsc.ddsi_sertype_init(sertype, name, Operations, CdrSerdata.Operations, hasNoKey: 1);

        ((SertypeLayout*)sertype)->AllowedDataRepresentation = SertypeLayout.Xcdr1;
        return sertype;
    }

    private static nint CreateOperations()
    {
        var table = (nint*)NativeMemory.AllocZeroed(TableSize, (nuint)sizeof(nint));
        var operations = new Span<nint>(table, OperationCount);
        operations[0] = DdscLibrary.GetExport("ddsi_sertype_v0");
        operations[2] = (nint)(delegate* unmanaged[Cdecl]<nint, void>)&Free;
        operations[3] = (nint)(delegate* unmanaged[Cdecl]<nint, void*, nuint, void>)&ZeroSamples;
        operations[4] = (nint)(delegate* unmanaged[Cdecl]<void**, nint, void*, nuint, nuint, void>)&ReallocateSamples;
        operations[5] = (nint)(delegate* unmanaged[Cdecl]<nint, void**, nuint, int, void>)&FreeSamples;
        operations[6] = (nint)(delegate* unmanaged[Cdecl]<nint, nint, byte>)&AreEqual;
        operations[7] = (nint)(delegate* unmanaged[Cdecl]<nint, uint>)&Hash;
        return (nint)table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint sertype)
    {
        Ddsc.ddsi_sertype_fini(sertype);
        NativeMemory.Free((void*)sertype);
    }

    // There are no samples but the serialized ones, so the three operations on others have nothing to do.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ZeroSamples(nint sertype, void* samples, nuint count)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReallocateSamples(void** samples, nint sertype, void* old, nuint oldCount, nuint count)
    {
        for (nuint i = 0; i < count; i++)
            samples[i] = null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void FreeSamples(nint sertype, void** samples, nuint count, int operation)
    {
    }

    // Called for types of the same name and operations: nothing is left to differ.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte AreEqual(nint left, nint right) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint Hash(nint sertype) => 0;
}

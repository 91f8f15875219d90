using System.Runtime.InteropServices;
using System.Text;

namespace rclcs.Middleware.CycloneDds.Interop;

/// <summary>
/// Shows, before anything is sent, that the loaded library lays its structures out as <see cref="SertypeLayout"/>,
/// <see cref="SerdataLayout"/> and <see cref="FragmentLayout"/> say: calls into it fill them, and are looked at.
/// </summary>
internal static unsafe class LayoutCheck
{
    private const byte Untouched = 0xAA;
    private const int Room = 256;

    /// <summary>Runs the check.</summary>
    /// <param name="version">What was found, for the exception.</param>
    /// <exception cref="RuntimeError">A structure is laid out otherwise.</exception>
    public static void Run(string version)
    {
        var structure = !CheckSertype() ? "ddsi_sertype" : !CheckSerdata() ? "ddsi_serdata" : !CheckFragment() ? "nn_rdata" : "";
        if (structure.Length > 0)
        {
            throw new RuntimeError(
                $"Cyclone DDS {version} was found, but its {structure} is not laid out as that of 0.10 on a 64-bit "
                + "machine: install the package libddsc0debian.");
        }
    }

    private static bool CheckSertype()
    {
        var sertype = (nint)NativeMemory.AllocZeroed(Room);
        try
        {
            fixed (byte* name = "layout"u8)
                Ddsc.ddsi_sertype_init(sertype, name, CdrSertype.Operations, CdrSerdata.Operations, hasNoKey: 1);

            var layout = (SertypeLayout*)sertype;
            var typeName = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(layout->TypeName);
            var matches = layout->Operations == CdrSertype.Operations
                && layout->SerdataOperations == CdrSerdata.Operations
                && layout->Flags == 1
                && layout->Registration == 0
                && layout->ReferenceCount == 1
                && Encoding.ASCII.GetString(typeName) == "layout";
            if (matches)
            {
                layout->ReferenceCount = 0;
                Ddsc.ddsi_sertype_fini(sertype);
            }

            return matches;
        }
        finally
        {
            NativeMemory.Free((void*)sertype);
        }
    }

    private static bool CheckSerdata()
    {
        var sertype = stackalloc byte[Room];
        new Span<byte>(sertype, Room).Clear();
        ((SertypeLayout*)sertype)->SerdataOperations = CdrSerdata.Operations;

        var serdata = stackalloc byte[Room];
        new Span<byte>(serdata, Room).Fill(Untouched);
        Ddsc.ddsi_serdata_init((nint)serdata, (nint)sertype, SerdataLayout.KindData);

        var layout = (SerdataLayout*)serdata;
        var behind = new ReadOnlySpan<byte>(serdata + SerdataLayout.LibrarySize, Room - SerdataLayout.LibrarySize);
        return layout->Operations == CdrSerdata.Operations
            && layout->Hash == 0
            && layout->ReferenceCount == 1
            && layout->Kind == SerdataLayout.KindData
            && layout->Sertype == (nint)sertype
            && layout->StatusInfo == 0
            && !behind.ContainsAnyExcept(Untouched);
    }

    private static bool CheckFragment()
    {
        const ushort KeyHashOffset = 40;
        var message = stackalloc byte[Room];
        var fragment = default(FragmentLayout);
        fragment.Message = message;
        fragment.KeyHashOffset = KeyHashOffset;
        var found = Ddsc.ddsi_serdata_keyhash_from_fragchain((nint)(&fragment));
        return found == (nint)(message + FragmentLayout.MessageHeaderSize + KeyHashOffset);
    }
}

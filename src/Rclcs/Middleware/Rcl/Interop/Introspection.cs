using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary>Reads what <c>rosidl_typesupport_introspection_c</c> says of the structure that C has for a message.</summary>
internal static unsafe class Introspection
{
    // rosidl_message_type_support_t begins with an identifier and a pointer to MessageMembers.
    private const int Data = 8;

    // MessageMembers. Since Jazzy has_any_key_member_ stands before the pointer to the members.
    private const int MemberCount = 16;
    private const int SizeOf = 24;
    private const int Members = 32;
    private const int MembersBehindKey = 40;

    // MessageMember. Since Jazzy is_key_ stands before is_array_, in what was padding.
    private const int TypeId = 8;
    private const int Nested = 24;
    private const int IsArray = 32;
    private const int IsArrayBehindKey = 33;
    private const int ArraySize = 40;
    private const int Offset = 52;
    private const int SizeOfMember = 112;

    // Numbers of types.
    private const byte Uint8 = 8;
    private const byte String = 16;
    private const byte Message = 18;

    /// <summary>The fields of a message and of the messages in it, in their order.</summary>
    /// <param name="typeSupport">An <c>rosidl_message_type_support_t*</c> of introspection, or 0.</param>
    /// <returns>Null if there is one that is neither a number, a string nor an unbounded <c>uint8[]</c>.</returns>
    public static CField[]? FindFields(nint typeSupport)
    {
        var fields = new List<CField>();
        return TryAdd(typeSupport, at: 0, fields) ? [.. fields] : null;
    }

    private static bool TryAdd(nint typeSupport, int at, List<CField> fields)
    {
        if (typeSupport == 0)
            return false;
        var message = *(byte**)(typeSupport + Data);
        var hasKeys = *(nuint*)(message + Members) <= 1; // No pointer, but a bool.
        var member = *(byte**)(message + (hasKeys ? MembersBehindKey : Members));
        var size = *(nuint*)(message + SizeOf);
        for (var left = *(uint*)(message + MemberCount); left > 0; left--, member += SizeOfMember)
        {
            var offset = *(uint*)(member + Offset);
            var isArray = member[hasKeys ? IsArrayBehindKey : IsArray] == 1;
            if (!isArray && member[TypeId] == Message)
            {
                if (!TryAdd(*(nint*)(member + Nested), at + (int)offset, fields))
                    return false;
                continue;
            }

            var type = isArray
                ? member[TypeId] == Uint8 && *(nuint*)(member + ArraySize) == 0 ? CType.Bytes : CType.Other
                : TypeOf(member[TypeId]);
            if (type == CType.Other || offset + SizeOfField(type) > size)
                return false;
            fields.Add(new CField(type, at + (int)offset));
        }

        return true;
    }

    private static CType TypeOf(byte id) => id switch
    {
        1 or 12 or 13 => CType.FourBytes, // float, uint32, int32
        2 or 14 or 15 => CType.EightBytes, // double, uint64, int64
        4 or 6 or 7 or Uint8 or 9 => CType.OneByte, // char, bool, octet, uint8, int8
        10 or 11 => CType.TwoBytes, // uint16, int16
        String => CType.String,
        _ => CType.Other,
    };

    private static nuint SizeOfField(CType type) => type switch
    {
        CType.Bytes or CType.String => (nuint)sizeof(CSequence),
        _ => (nuint)type,
    };
}

/// <summary>What a <see cref="CField"/> holds; of numbers their bytes.</summary>
internal enum CType
{
    /// <summary>Something that is not copied here.</summary>
    Other = 0,

    /// <summary>A number of one byte.</summary>
    OneByte = 1,

    /// <summary>A number of two bytes.</summary>
    TwoBytes = 2,

    /// <summary>A number of four bytes.</summary>
    FourBytes = 4,

    /// <summary>A number of eight bytes.</summary>
    EightBytes = 8,

    /// <summary>A <c>rosidl_runtime_c__String</c>.</summary>
    String,

    /// <summary>A <c>rosidl_runtime_c__uint8__Sequence</c>.</summary>
    Bytes,
}

/// <summary>A field of the structure that C has for a message.</summary>
/// <param name="Type">What it holds.</param>
/// <param name="Offset">Its place in the structure, in bytes.</param>
internal readonly record struct CField(CType Type, int Offset);

/// <summary><c>rosidl_runtime_c__uint8__Sequence</c>, and so long are strings; later distributions have made it longer at its end.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CSequence
{
    /// <summary>The bytes.</summary>
    public byte* Data;

    /// <summary>How many.</summary>
    public nuint Size;

    /// <summary>For how many there is room.</summary>
    public nuint Capacity;
}

namespace rclcs.Middleware.Rcl.Interop;

/// <summary>Reads what <c>rosidl_typesupport_introspection_c</c> says of the structure that C has for a message.</summary>
internal static unsafe class Introspection
{
    private const byte Uint8 = 8;

    // rosidl_message_type_support_t begins with an identifier and a pointer to MessageMembers.
    private const int Data = 8;

    // MessageMembers. Since Jazzy has_any_key_member_ stands before the pointer to the members.
    private const int MemberCount = 16;
    private const int SizeOf = 24;
    private const int Members = 32;
    private const int MembersBehindKey = 40;

    // MessageMember. Since Jazzy is_key_ stands before is_array_, in what was padding.
    private const int TypeId = 8;
    private const int IsArray = 32;
    private const int IsArrayBehindKey = 33;
    private const int ArraySize = 40;
    private const int Offset = 52;
    private const int SizeOfMember = 112;

    // A sequence, at least.
    private const int SizeOfSequence = 24;

    /// <summary>Finds the one unbounded <c>uint8[]</c> among a message's own fields.</summary>
    /// <param name="typeSupport">An <c>rosidl_message_type_support_t*</c> of introspection, or 0.</param>
    /// <returns>Its place in the structure, in bytes; null if there is none, or more than one.</returns>
    public static int? FindByteSequence(nint typeSupport)
    {
        if (typeSupport == 0)
            return null;

        var message = *(byte**)(typeSupport + Data);
        var hasKeys = *(nuint*)(message + Members) <= 1; // No pointer, but a bool.
        var member = *(byte**)(message + (hasKeys ? MembersBehindKey : Members));
        int? found = null;
        for (var left = *(uint*)(message + MemberCount); left > 0; left--, member += SizeOfMember)
        {
            if (member[TypeId] != Uint8 || member[hasKeys ? IsArrayBehindKey : IsArray] != 1 || *(nuint*)(member + ArraySize) != 0)
                continue;
            var offset = *(uint*)(member + Offset);
            if (found is not null || offset + SizeOfSequence > *(nuint*)(message + SizeOf))
                return null;
            found = (int)offset;
        }

        return found;
    }
}

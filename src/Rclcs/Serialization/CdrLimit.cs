namespace rclcs.Serialization;

/// <summary>The limits that a .msg file sets on strings, sequences and arrays, checked the same way in both directions.</summary>
internal static class CdrLimit
{
    public static void CheckLength(int length, int maxLength, string field)
    {
        if (length > maxLength)
            throw new CdrException($"{field} is a text of {length} units, but at most {maxLength} are allowed.");
    }

    public static void CheckCount(int count, int maxCount, string field)
    {
        if (count > maxCount)
            throw new CdrException($"{field} has {count} elements, but at most {maxCount} are allowed.");
    }

    public static void CheckArray(int count, int length, string field)
    {
        if (count != length)
            throw new CdrException($"{field} has {count} elements, but must have exactly {length}.");
    }
}

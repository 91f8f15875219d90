namespace rclcs.Serialization;

/// <summary>First values of array fields that would otherwise be full of nulls. Used by generated code.</summary>
public static class FixedArray
{
    /// <summary>An array of new messages.</summary>
    /// <typeparam name="T">Type of the messages.</typeparam>
    /// <param name="length">How many.</param>
    public static T[] OfMessages<T>(int length)
        where T : IMessage, new()
    {
        var messages = new T[length];
        for (var i = 0; i < length; i++)
            messages[i] = new T();

        return messages;
    }

    /// <summary>An array of empty strings.</summary>
    /// <param name="length">How many.</param>
    public static string[] OfStrings(int length)
    {
        var strings = new string[length];
        Array.Fill(strings, "");
        return strings;
    }
}

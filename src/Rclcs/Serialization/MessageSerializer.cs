namespace rclcs.Serialization;

/// <summary>Whole messages to bytes and back, for code without a buffer of its own.</summary>
public static class MessageSerializer
{
    /// <summary>Writes a message into a new array.</summary>
    /// <param name="message">The message.</param>
    /// <returns>CDR with its header of four bytes.</returns>
    /// <exception cref="CdrException">A field breaks its bound.</exception>
    public static byte[] Serialize(IMessage message)
    {
        var bytes = new byte[CdrWriter.Measure(message)];
        var writer = new CdrWriter(bytes);
        message.Serialize(ref writer);
        return bytes;
    }

    /// <summary>Reads a new message.</summary>
    /// <typeparam name="T">Type of the message.</typeparam>
    /// <param name="bytes">CDR with its header of four bytes. Fields of type <c>uint8[]</c> become views of it.</param>
    /// <exception cref="CdrException">The bytes are not this message.</exception>
    public static T Deserialize<T>(ReadOnlyMemory<byte> bytes)
        where T : IMessage, new()
    {
        var message = new T();
        var reader = new CdrReader(bytes);
        message.Deserialize(ref reader);
        return message;
    }
}

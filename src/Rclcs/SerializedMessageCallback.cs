namespace rclcs;

/// <summary>Gets a message as it came, of a subscription whose type is known by name only.</summary>
/// <param name="message">CDR with its header of four bytes, perhaps padded at the end. Lent until the callback returns.</param>
/// <param name="info">Where it came from.</param>
public delegate void SerializedMessageCallback(ReadOnlySpan<byte> message, MessageInfo info);

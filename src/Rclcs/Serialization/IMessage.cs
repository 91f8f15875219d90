namespace rclcs.Serialization;

/// <summary>A ROS 2 message: something that can be written as CDR and read from it. Implemented by generated code.</summary>
public interface IMessage
{
    /// <summary>Writes all fields, in the order of the .msg file.</summary>
    /// <param name="writer">Where to write, or a writer that only measures.</param>
    /// <exception cref="CdrException">A field breaks its bound, or the writer's buffer is too small.</exception>
    void Serialize(ref CdrWriter writer);

    /// <summary>
    /// Replaces all fields by what the reader holds. Strings, lists and nested messages of this instance are used
    /// again where they fit, so reading into the same instance time after time allocates nothing.
    /// </summary>
    /// <remarks>
    /// A field of type <see cref="ReadOnlyMemory{T}"/> (a <c>uint8[]</c> of the .msg file) is a view of the bytes
    /// that the reader was made from, and valid as long as they are.
    /// After an exception the fields hold a mixture of old and new values.
    /// </remarks>
    /// <param name="reader">What to read from.</param>
    /// <exception cref="CdrException">The bytes are not this message.</exception>
    void Deserialize(ref CdrReader reader);
}

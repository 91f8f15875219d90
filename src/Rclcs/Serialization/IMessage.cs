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

/// <summary>What a ROS 2 message type says about itself, reachable through a type parameter.</summary>
/// <typeparam name="TSelf">The message type itself.</typeparam>
public interface IMessage<TSelf> : IMessage
    where TSelf : IMessage<TSelf>, new()
{
    /// <summary>Name of the type as ROS 2 writes it, for example <c>sensor_msgs/msg/Image</c>.</summary>
    static abstract string TypeName { get; }

    /// <summary>Hash of the type with all that it contains: <c>RIHS01_</c> and 64 hexadecimal digits (REP-2011).</summary>
    static abstract string TypeHash { get; }

    /// <summary>
    /// The text of the .msg file, or the request's or response's part of the .srv file: for bag files and for tools that
    /// ask what a type looks like.
    /// </summary>
    static abstract string Definition { get; }

    /// <summary>
    /// Names and types of all fields and of all types that they contain, without defaults: the JSON, in UTF-8,
    /// that <see cref="TypeHash"/> is the hash of, with the names of type_description_interfaces/msg/TypeDescription.
    /// </summary>
    static abstract ReadOnlySpan<byte> TypeDescription { get; }
}

/// <summary>The request of a ROS 2 service, which names its service and response. Implemented by generated code.</summary>
/// <typeparam name="TResponse">What the service answers with.</typeparam>
public interface IServiceRequest<TResponse>
    where TResponse : class, IMessage<TResponse>, new()
{
    /// <summary>For example <c>std_srvs/srv/SetBool</c>.</summary>
    static abstract string ServiceTypeName { get; }

    /// <summary>The type hash of the service (REP-2011): <c>RIHS01_</c> and 64 hexadecimal digits.</summary>
    static abstract string ServiceTypeHash { get; }

    /// <summary>The text of the .srv file.</summary>
    static abstract string ServiceDefinition { get; }

    /// <summary>Request, response and event with all that they contain, as in <see cref="IMessage{TSelf}.TypeDescription"/>.</summary>
    static abstract ReadOnlySpan<byte> ServiceTypeDescription { get; }
}

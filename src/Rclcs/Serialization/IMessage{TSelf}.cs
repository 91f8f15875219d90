namespace rclcs.Serialization;

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

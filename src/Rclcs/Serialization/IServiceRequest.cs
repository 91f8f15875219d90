namespace rclcs.Serialization;

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

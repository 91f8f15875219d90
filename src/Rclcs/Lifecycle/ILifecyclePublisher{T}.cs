namespace rclcs;

/// <summary>A publisher of a managed node: while the node is not active, what is published is dropped.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface ILifecyclePublisher<in T> : IPublisher<T>
{
    /// <summary>Whether messages go out now.</summary>
    bool IsActivated { get; }
}

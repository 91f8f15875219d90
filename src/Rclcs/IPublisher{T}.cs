namespace rclcs;

/// <summary>Sends messages to a topic. All members may be called from any thread.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IPublisher<in T> : IPublisher
{
    /// <summary>
    /// Sends a message. It is serialized straight into the middleware's memory and not needed any more when this
    /// returns.
    /// </summary>
    /// <exception cref="Serialization.CdrException">A field breaks its bound.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    /// <exception cref="ObjectDisposedException">The publisher is disposed.</exception>
    void Publish(T message);
}

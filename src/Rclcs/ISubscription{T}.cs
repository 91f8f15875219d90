namespace rclcs;

/// <summary>Receives messages of a topic while its node spins. All members may be called from any thread.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface ISubscription<T> : ISubscription;

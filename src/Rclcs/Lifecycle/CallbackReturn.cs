namespace rclcs;

/// <summary>How a callback for a transition ends, with the numbers of lifecycle_msgs/msg/Transition.</summary>
public enum CallbackReturn : byte
{
    /// <summary>The node goes on to the state that was asked for.</summary>
    Success = 97,

    /// <summary>The node goes back to the state it came from; out of a shutdown or error it is finalized.</summary>
    Failure = 98,

    /// <summary><see cref="ILifecycleCallbacks.OnError"/> is called.</summary>
    Error = 99,
}

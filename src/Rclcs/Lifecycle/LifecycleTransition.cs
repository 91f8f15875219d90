namespace rclcs;

/// <summary>A way from one state of a managed node to another.</summary>
/// <param name="Id">One of the numbers of lifecycle_msgs/msg/Transition.</param>
/// <param name="Label">Its name, of which there is one in a state: <c>configure</c>, <c>transition_success</c> …</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Goal">Where it ends.</param>
public readonly record struct LifecycleTransition(byte Id, string Label, LifecycleState Start, LifecycleState Goal);

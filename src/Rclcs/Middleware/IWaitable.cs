namespace rclcs.Middleware;

/// <summary>Something that an <see cref="IWaitSet"/> of the same middleware can wait for.</summary>
internal interface IWaitable;

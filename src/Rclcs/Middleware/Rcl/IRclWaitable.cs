namespace rclcs.Middleware.Rcl;

/// <summary>Something that rcl can wait for.</summary>
internal interface IRclWaitable : IWaitable
{
    /// <summary>Its structure.</summary>
    RclHandle Handle { get; }

    /// <summary>What it is.</summary>
    RclWaitKind Kind { get; }
}

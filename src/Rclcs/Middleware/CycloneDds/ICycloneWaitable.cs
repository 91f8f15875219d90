namespace rclcs.Middleware.CycloneDds;

/// <summary>Something with a DDS condition.</summary>
internal interface ICycloneWaitable : IWaitable
{
    /// <summary>The entity to attach to a wait set.</summary>
    int Condition { get; }

    /// <summary>Called when a wait set reports it.</summary>
    void AfterWait();
}

namespace rclcs.Middleware;

/// <summary>A switch that ends a wait.</summary>
internal interface IGuardCondition : IWaitable, IDisposable
{
    /// <summary>Ends the wait that is under way, or else the next one. May be called from any thread, and after Dispose.</summary>
    void Trigger();
}

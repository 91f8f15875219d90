using rclcs.Middleware;

namespace rclcs;

/// <summary>Something that an executor serves: it waits for <see cref="Waitable"/>, then executes.</summary>
internal interface IExecutable
{
    /// <summary>What to wait for.</summary>
    IWaitable Waitable { get; }

    /// <summary>Takes one thing that has come and calls the callback with it.</summary>
    /// <returns>Whether there was one.</returns>
    bool TryExecute();
}

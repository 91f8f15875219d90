namespace rclcs;

/// <summary>Calls back again and again while its node spins. Dispose ends it.</summary>
public interface ITimer : IDisposable
{
    /// <summary>Time between calls.</summary>
    TimeSpan Period { get; }

    /// <summary>Whether it is stopped.</summary>
    bool IsCanceled { get; }

    /// <summary>Stops it until <see cref="Reset"/>.</summary>
    void Cancel();

    /// <summary>Starts it again: the next call comes after one period.</summary>
    void Reset();
}

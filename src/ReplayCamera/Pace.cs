namespace ReplayCamera;

/// <summary>When each image is due, at a steady rate. What was missed stays missed, as with a real camera: no burst makes up for it.</summary>
/// <param name="rate">Images per second; 0 where the source sets the pace itself by blocking.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(double rate, TimeProvider time)
{
    private readonly TimeSpan _period = rate > 0 ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _due;

    /// <summary>How long until the next image; zero or less once it is due.</summary>
    public TimeSpan Left => _due - time.GetElapsedTime(_start);

    /// <summary>An image goes out now.</summary>
    public void Step()
    {
        var now = time.GetElapsedTime(_start);
        _due = (now - _due < _period ? _due : now) + _period;
    }
}

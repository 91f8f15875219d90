namespace Situations;

/// <summary>
/// When to look: after the period, or at once where the scene has changed or danger begins or ends, but never so often that the
/// looks take more than their share of a core.
/// </summary>
public sealed class Pace
{
    // Of the mean cost, each look's share.
    private const double Forget = 0.2;

    private double? _lastLook;
    private double _cost;

    /// <summary>Seconds from one look to the next where nothing changes.</summary>
    public double Period { get; set; } = 2;

    /// <summary>Share of the area above which a change of it is one of the scene, see <see cref="SceneChange.Measure"/>; from 0 to 1.</summary>
    public double Change { get; set; } = 0.15;

    /// <summary>Share of a processor core that looking may take on average, above 0.</summary>
    public double CoreShare { get; set; } = 0.2;

    /// <summary>Whether an image is to be looked at.</summary>
    /// <param name="time">Its stamp in seconds; one before the last look's begins anew.</param>
    /// <param name="change">How much of the scene changed since the last look.</param>
    /// <param name="isUrgent">Whether danger begins or ends.</param>
    public bool IsDue(double time, double change, bool isUrgent)
    {
        if (_lastLook is not { } last || time < last)
            return true;
        var passed = time - last;
        return passed >= _cost / CoreShare && (passed >= Period || change > Change || isUrgent);
    }

    /// <summary>A look is over.</summary>
    /// <param name="time">The image's stamp in seconds.</param>
    /// <param name="cost">Seconds that it took.</param>
    public void Looked(double time, double cost)
    {
        _cost = _lastLook is null ? cost : _cost + Forget * (cost - _cost);
        _lastLook = time;
    }

    /// <summary>The next image is due.</summary>
    public void Reset() => _lastLook = null;
}

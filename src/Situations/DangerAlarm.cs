namespace Situations;

/// <summary>
/// Whether there is danger, over time: it must last before it counts, and be gone as long before it no longer does. Goes by the
/// images' stamps, in seconds.
/// </summary>
public sealed class DangerAlarm
{
    // Seconds between two images up to which what both show is taken for what was so between them; twice Hold, where that is more.
    private const double MostApart = 10;

    // Seconds that an image may be older than the one before, because it was overtaken.
    private const double MostOvertaken = 0.5;

    private double? _since;
    private double _last = double.NegativeInfinity;

    /// <summary>Probability of danger from which on it begins to count, from 0 to 1.</summary>
    public double RaiseFrom { get; set; } = 0.5;

    /// <summary>Probability below which it begins to be gone; no more than <see cref="RaiseFrom"/>.</summary>
    public double ClearBelow { get; set; } = 0.5;

    /// <summary>Seconds for which it must last, and be gone.</summary>
    public double Hold { get; set; } = 3;

    /// <summary>Whether there is danger now.</summary>
    public bool IsRaised { get; private set; }

    /// <summary>Whether a change has begun that has not lasted long enough yet: another look soon is worth its time.</summary>
    public bool IsChanging => _since is not null;

    /// <summary>Takes account of an image.</summary>
    /// <param name="probability">Of danger, from 0 to 1.</param>
    /// <param name="time">The image's stamp in seconds. One before the last begins anew: it is another scene; what lasted until long before it doesn't count.</param>
    /// <returns><see cref="IsRaised"/>.</returns>
    public bool Update(double probability, double time)
    {
        if (time < _last - MostOvertaken)
            Reset();
        var silence = time - _last;
        _last = time;
        var speaksForChange = IsRaised ? probability < ClearBelow : probability >= RaiseFrom;
        if (!speaksForChange)
        {
            _since = null;
            return IsRaised;
        }

        if (_since is null || silence > Math.Max(MostApart, 2 * Hold))
            _since = time;
        if (time - _since >= Hold)
            (IsRaised, _since) = (!IsRaised, null);
        return IsRaised;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset() => (IsRaised, _since, _last) = (false, null, double.NegativeInfinity);
}

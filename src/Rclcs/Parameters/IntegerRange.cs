namespace rclcs;

/// <summary>Which integers a parameter allows: those from <paramref name="From"/> to <paramref name="To"/>.</summary>
/// <param name="From">The smallest.</param>
/// <param name="To">The largest.</param>
/// <param name="Step">Not 0: only those a multiple of this away from <paramref name="From"/>, and <paramref name="To"/>.</param>
public sealed record IntegerRange(long From, long To, long Step = 0)
{
    /// <summary>Whether the value is allowed.</summary>
    public bool Contains(long value) =>
        value >= From && value <= To && (Step == 0 || value == To || ((Int128)value - From) % Step == 0);

    /// <summary>For sentences.</summary>
    public override string ToString() => Step == 0 ? $"{From} to {To}" : $"{From} to {To} in steps of {Step}";
}

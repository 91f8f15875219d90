using System.Globalization;

namespace rclcs;

/// <summary>Which numbers a parameter allows: those from <paramref name="From"/> to <paramref name="To"/>.</summary>
/// <param name="From">The smallest.</param>
/// <param name="To">The largest.</param>
/// <param name="Step">Not 0: only those a multiple of this away from <paramref name="From"/>, and <paramref name="To"/>.</param>
public sealed record FloatingPointRange(double From, double To, double Step = 0)
{
    // As rclcpp: so much of a difference counts as none.
    private const double Tolerance = 1e-9;

    /// <summary>Whether the value is allowed. NaN never is.</summary>
    public bool Contains(double value)
    {
        if (IsClose(value, From) || IsClose(value, To))
            return true;

        if (!(value >= From && value <= To))
            return false;

        return Step == 0 || IsClose(value, From + (Math.Round((value - From) / Step) * Step));
    }

    /// <summary>For sentences.</summary>
    public override string ToString()
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"{From} to {To}");
        return Step == 0 ? range : string.Create(CultureInfo.InvariantCulture, $"{range} in steps of {Step}");
    }

    private static bool IsClose(double left, double right) =>
        Math.Abs(left - right) <= Tolerance * Math.Max(1, Math.Max(Math.Abs(left), Math.Abs(right)));
}

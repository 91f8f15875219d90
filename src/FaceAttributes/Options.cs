using System.Globalization;

namespace FaceAttributes;

/// <summary>What all settings of this library have in common.</summary>
internal static class Options
{
    /// <summary>The exception for a setting that is out of its range.</summary>
    /// <param name="option">Its name.</param>
    /// <param name="value">What it is.</param>
    /// <param name="range">What it must be, in words.</param>
    public static ArgumentOutOfRangeException Wrong(string option, object? value, string range) => new(
        option, string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; it must be {range}."));
}

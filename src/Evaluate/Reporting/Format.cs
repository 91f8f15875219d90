using System.Globalization;

namespace FaceAttributes.Evaluation.Reporting;

/// <summary>How figures are written.</summary>
internal static class Format
{
    /// <summary>A share: "67.5%".</summary>
    public static string Percent(double share) => share.ToString("0.0%", CultureInfo.InvariantCulture);

    /// <summary>A difference of two shares: "-5.3 points".</summary>
    public static string Points(double difference) =>
        (100 * difference).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " points";

    /// <summary>An error in years: "5.41 years".</summary>
    public static string Years(double years) => years.ToString("0.00", CultureInfo.InvariantCulture) + " years";

    /// <summary>A difference in years: "+0.31 years".</summary>
    public static string SignedYears(double years) => years.ToString("+0.00;-0.00", CultureInfo.InvariantCulture) + " years";

    /// <summary>A number with so many decimals.</summary>
    public static string Number(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A count: "3,589".</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

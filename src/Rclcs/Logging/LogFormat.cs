using System.Globalization;
using System.Text.RegularExpressions;

namespace rclcs;

/// <summary>
/// How a line of the log looks on the console and in the file: rcutils's format, which
/// <c>RCUTILS_CONSOLE_OUTPUT_FORMAT</c> changes.
/// </summary>
internal static partial class LogFormat
{
    private const string Default = "[{severity}] [{time}] [{name}]: {message}";
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly string Chosen =
        Environment.GetEnvironmentVariable("RCUTILS_CONSOLE_OUTPUT_FORMAT") is { Length: > 0 } format ? format : Default;

    /// <summary>The line, without an end.</summary>
    public static string Apply(LogRecord record) => Apply(Chosen, record);

    /// <summary>Fills in a format.</summary>
    internal static string Apply(string format, LogRecord record) => Token().Replace(format, token => token.Value switch
    {
        "{severity}" => SeverityName(record.Level),
        "{name}" => record.Logger,
        "{message}" => record.Message,
        "{time}" => Seconds(record.Nanoseconds),
        "{time_as_nanoseconds}" => record.Nanoseconds.ToString(CultureInfo.InvariantCulture),
        "{date_time_with_ms}" => DateTime.UnixEpoch
            .AddTicks(record.Nanoseconds / TimeSpan.NanosecondsPerTick)
            .ToLocalTime()
            .ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        "{file_name}" => record.File,
        "{function_name}" => record.Function,
        "{line_number}" => record.Line.ToString(CultureInfo.InvariantCulture),
        _ => token.Value,
    });

    private static string Seconds(long nanoseconds)
    {
        var (seconds, rest) = Math.DivRem(nanoseconds, NanosecondsPerSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds}.{rest:D9}");
    }

    private static string SeverityName(LogLevel level) => level switch
    {
        LogLevel.Debug => "DEBUG",
        LogLevel.Info => "INFO",
        LogLevel.Warn => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Token();
}

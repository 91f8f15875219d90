using System.Globalization;

namespace rclcs;

/// <summary>The log on the console, in rcutils's format.</summary>
/// <remarks>
/// Standard error, or standard output with <c>RCUTILS_LOGGING_USE_STDOUT=1</c>; in colour on a terminal or with
/// <c>RCUTILS_COLORIZED_OUTPUT=1</c>; <c>RCUTILS_CONSOLE_OUTPUT_FORMAT</c> with <c>{severity}</c>, <c>{name}</c>,
/// <c>{message}</c>, <c>{time}</c> and <c>{time_as_nanoseconds}</c>.
/// </remarks>
internal static class LogConsole
{
    private const string DefaultFormat = "[{severity}] [{time}] [{name}]: {message}";
    private const string ResetColour = "\e[0m";
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly Lock WriteLock = new();
    private static readonly bool UsesStandardOutput =
        Environment.GetEnvironmentVariable("RCUTILS_LOGGING_USE_STDOUT") == "1";
    private static readonly bool IsColoured = FindColoured();
    private static readonly string LineFormat =
        Environment.GetEnvironmentVariable("RCUTILS_CONSOLE_OUTPUT_FORMAT") is { Length: > 0 } format ? format : DefaultFormat;

    /// <summary>Writes a line.</summary>
    public static void Write(LogLevel level, string name, string message)
    {
        var line = Format(LineFormat, level, name, message, SystemTime.NowNanoseconds());
        if (IsColoured)
            line = Colour(level) + line + ResetColour;

        lock (WriteLock)
            (UsesStandardOutput ? Console.Out : Console.Error).WriteLine(line);
    }

    /// <summary>Fills in the format.</summary>
    internal static string Format(string format, LogLevel level, string name, string message, long nanoseconds)
    {
        var (seconds, rest) = Math.DivRem(nanoseconds, NanosecondsPerSecond);
        return format
            .Replace("{severity}", SeverityName(level), StringComparison.Ordinal)
            .Replace("{name}", name, StringComparison.Ordinal)
            .Replace("{time}", string.Create(CultureInfo.InvariantCulture, $"{seconds}.{rest:D9}"), StringComparison.Ordinal)
            .Replace(
                "{time_as_nanoseconds}", nanoseconds.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{message}", message, StringComparison.Ordinal);
    }

    private static string SeverityName(LogLevel level) => level switch
    {
        LogLevel.Debug => "DEBUG",
        LogLevel.Info => "INFO",
        LogLevel.Warn => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };

    private static string Colour(LogLevel level) => level switch
    {
        LogLevel.Debug => "\e[32m",
        LogLevel.Info => ResetColour,
        LogLevel.Warn => "\e[33m",
        _ => "\e[31m",
    };

    private static bool FindColoured() => Environment.GetEnvironmentVariable("RCUTILS_COLORIZED_OUTPUT") switch
    {
        "1" => true,
        "0" => false,
        _ => !(UsesStandardOutput ? Console.IsOutputRedirected : Console.IsErrorRedirected),
    };
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace rclcs;

/// <summary>Writes lines to the log, each with a level, the time and the logger's name. For any thread.</summary>
/// <remarks>
/// By default a line goes to standard error as <c>[INFO] [1700000000.123456789] [ns.node]: text</c>. See
/// <see cref="LogConsole"/> for the environment variables that change it.
/// </remarks>
public sealed class Logger
{
    private readonly ConcurrentDictionary<ThrottleKey, long> _lastLogged = new();
    private readonly bool _toConsole;

    internal Logger(string name, LogLevel level, bool toConsole)
    {
        Name = name;
        Level = level;
        _toConsole = toConsole;
    }

    /// <summary>Namespace and node with dots between them, for example <c>ns.talker</c>.</summary>
    public string Name { get; }

    /// <summary>The lowest level that is written.</summary>
    public LogLevel Level { get; set; }

    /// <summary>Whether a line of this level is written.</summary>
    public bool IsEnabled(LogLevel level) => level >= Level;

    /// <summary>Writes a line for those who look for a fault.</summary>
    public void Debug(string message) => Log(LogLevel.Debug, message);

    /// <summary>Writes a line about something expected.</summary>
    public void Info(string message) => Log(LogLevel.Info, message);

    /// <summary>Writes a line about something that may lead to a fault.</summary>
    public void Warn(string message) => Log(LogLevel.Warn, message);

    /// <summary>Writes a line about something that failed.</summary>
    public void Error(string message) => Log(LogLevel.Error, message);

    /// <summary>Writes a line before the program ends.</summary>
    public void Fatal(string message) => Log(LogLevel.Fatal, message);

    /// <summary>Writes a line.</summary>
    public void Log(LogLevel level, string message)
    {
        if (_toConsole && IsEnabled(level))
            LogConsole.Write(level, Name, message);
    }

    /// <summary>Like <see cref="Info"/>, but at most once a period.</summary>
    /// <param name="period">How long nothing more is written.</param>
    /// <param name="message">The text.</param>
    /// <param name="key">Tells apart what the same line of code reports, each with a period of its own.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public void InfoThrottle(
        TimeSpan period,
        string message,
        string key = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => LogThrottle(LogLevel.Info, period, message, key, file, line);

    /// <summary>Like <see cref="Warn"/>, but at most once a period.</summary>
    /// <inheritdoc cref="InfoThrottle"/>
    public void WarnThrottle(
        TimeSpan period,
        string message,
        string key = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => LogThrottle(LogLevel.Warn, period, message, key, file, line);

    /// <summary>Like <see cref="Error"/>, but at most once a period.</summary>
    /// <inheritdoc cref="InfoThrottle"/>
    public void ErrorThrottle(
        TimeSpan period,
        string message,
        string key = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => LogThrottle(LogLevel.Error, period, message, key, file, line);

    private void LogThrottle(LogLevel level, TimeSpan period, string message, string key, string file, int line)
    {
        var now = Stopwatch.GetTimestamp();
        var at = new ThrottleKey(file, line, key);
        if (_lastLogged.TryGetValue(at, out var last) && Stopwatch.GetElapsedTime(last, now) < period)
            return;

        _lastLogged[at] = now;
        Log(level, message);
    }

    private readonly record struct ThrottleKey(string File, int Line, string Key);
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace rclcs;

/// <summary>Writes lines to the log, each with a level, the time and the logger's name. For any thread.</summary>
/// <remarks>
/// A line goes to standard error as <c>[INFO] [1700000000.123456789] [ns.node]: text</c>, to the log file and to
/// <c>/rosout</c>, with the file, function and line that wrote it, which the compiler fills in.
/// </remarks>
public sealed class Logger
{
    private readonly ConcurrentDictionary<string, Logger> _children = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ThrottleKey, long> _lastLogged = new();
    private readonly LogOutputs _outputs;
    private readonly Logger? _parent;
    private volatile int _level;

    /// <summary>Creates the root of a tree of loggers, which has no name.</summary>
    internal Logger(LogOutputs outputs)
        : this("", outputs, parent: null)
    {
    }

    private Logger(string name, LogOutputs outputs, Logger? parent)
    {
        Name = name;
        _outputs = outputs;
        _parent = parent;
        _level = (int?)outputs.FindLevel(name) ?? 0;
    }

    /// <summary>Namespace and node with dots between them, for example <c>ns.talker</c>.</summary>
    public string Name { get; }

    /// <summary>The lowest level that is written: its own if one was set, else that of its parent; at first <see cref="LogLevel.Info"/>.</summary>
    public LogLevel Level
    {
        get => _level != 0 ? (LogLevel)_level : _parent?.Level ?? LogLevel.Info;
        set => _level = (int)value;
    }

    /// <summary>A logger with a longer name, for a part of a node. The same one for the same name.</summary>
    /// <param name="suffix">What follows the name and a dot; with dots of its own the child of a child.</param>
    public Logger GetChild(string suffix)
    {
        ArgumentNullException.ThrowIfNull(suffix);
        var logger = this;
        foreach (var part in suffix.Split('.'))
            logger = logger._children.GetOrAdd(part, static (part, parent) => new Logger(Join(parent.Name, part), parent._outputs, parent), logger);
        return logger;
    }

    /// <summary>Whether a line of this level is written.</summary>
    public bool IsEnabled(LogLevel level) => level >= Level;

    /// <summary>Writes a line for those who look for a fault.</summary>
    /// <inheritdoc cref="Log"/>
    public void Debug(
        string message,
        [CallerFilePath] string file = "",
        [CallerMemberName] string function = "",
        [CallerLineNumber] int line = 0) => Log(LogLevel.Debug, message, file, function, line);

    /// <summary>Writes a line about something expected.</summary>
    /// <inheritdoc cref="Log"/>
    public void Info(
        string message,
        [CallerFilePath] string file = "",
        [CallerMemberName] string function = "",
        [CallerLineNumber] int line = 0) => Log(LogLevel.Info, message, file, function, line);

    /// <summary>Writes a line about something that may lead to a fault.</summary>
    /// <inheritdoc cref="Log"/>
    public void Warn(
        string message,
        [CallerFilePath] string file = "",
        [CallerMemberName] string function = "",
        [CallerLineNumber] int line = 0) => Log(LogLevel.Warn, message, file, function, line);

    /// <summary>Writes a line about something that failed.</summary>
    /// <inheritdoc cref="Log"/>
    public void Error(
        string message,
        [CallerFilePath] string file = "",
        [CallerMemberName] string function = "",
        [CallerLineNumber] int line = 0) => Log(LogLevel.Error, message, file, function, line);

    /// <summary>Writes a line before the program ends.</summary>
    /// <inheritdoc cref="Log"/>
    public void Fatal(
        string message,
        [CallerFilePath] string file = "",
        [CallerMemberName] string function = "",
        [CallerLineNumber] int line = 0) => Log(LogLevel.Fatal, message, file, function, line);

    /// <summary>Writes a line.</summary>
    /// <param name="level">How serious it is.</param>
    /// <param name="message">The text.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="function">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public void Log(
        LogLevel level,
        string message,
        [CallerFilePath] string file = "",
        [CallerMemberName] string function = "",
        [CallerLineNumber] int line = 0)
    {
        if (IsEnabled(level))
            _outputs.Write(new LogRecord(level, Name, message, SystemTime.NowNanoseconds(), file, function, line));
    }

    /// <summary>Like <see cref="Info"/>, but at most once a period.</summary>
    /// <param name="period">How long nothing more is written; <see cref="TimeSpan.MaxValue"/> for ever.</param>
    /// <param name="message">The text.</param>
    /// <param name="key">Distinguishes what the same line of code reports, each with a period of its own.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="function">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public void InfoThrottle(
        TimeSpan period,
        string message,
        string key = "",
        [CallerFilePath] string file = "",
        [CallerMemberName] string function = "",
        [CallerLineNumber] int line = 0) => LogThrottle(LogLevel.Info, period, message, key, file, function, line);

    /// <summary>Like <see cref="Warn"/>, but at most once a period.</summary>
    /// <inheritdoc cref="InfoThrottle"/>
    public void WarnThrottle(
        TimeSpan period,
        string message,
        string key = "",
        [CallerFilePath] string file = "",
        [CallerMemberName] string function = "",
        [CallerLineNumber] int line = 0) => LogThrottle(LogLevel.Warn, period, message, key, file, function, line);

    /// <summary>Like <see cref="Error"/>, but at most once a period.</summary>
    /// <inheritdoc cref="InfoThrottle"/>
    public void ErrorThrottle(
        TimeSpan period,
        string message,
        string key = "",
        [CallerFilePath] string file = "",
        [CallerMemberName] string function = "",
        [CallerLineNumber] int line = 0) => LogThrottle(LogLevel.Error, period, message, key, file, function, line);

    private static string Join(string name, string suffix) => name.Length == 0 ? suffix : $"{name}.{suffix}";

    private void LogThrottle(
        LogLevel level, TimeSpan period, string message, string key, string file, string function, int line)
    {
        var now = Stopwatch.GetTimestamp();
        var at = new ThrottleKey(file, line, key);
        if (_lastLogged.TryGetValue(at, out var last) && Stopwatch.GetElapsedTime(last, now) < period)
            return;

        _lastLogged[at] = now;
        Log(level, message, file, function, line);
    }

    private readonly record struct ThrottleKey(string File, int Line, string Key);
}

/// <summary>How serious a line of the log is, with rcutils's numbers.</summary>
public enum LogLevel
{
    /// <summary>For those who look for a fault.</summary>
    Debug = 10,

    /// <summary>Something expected.</summary>
    Info = 20,

    /// <summary>Something that may lead to a fault.</summary>
    Warn = 30,

    /// <summary>Something failed.</summary>
    Error = 40,

    /// <summary>The program is about to end.</summary>
    Fatal = 50,
}

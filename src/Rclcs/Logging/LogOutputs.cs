namespace rclcs;

/// <summary>Where a node's log goes: the console, a file and <c>/rosout</c>, as the command line wants it.</summary>
internal sealed class LogOutputs(RosArguments arguments, LogFile? file)
{
    private volatile RosoutPublisher? _rosout;

    /// <summary>What publishes the lines, or null as long as nothing does.</summary>
    public RosoutPublisher? Rosout
    {
        set => _rosout = value;
    }

    /// <summary>The level that the command line gives to a logger, or null.</summary>
    public LogLevel? FindLevel(string logger) => arguments.FindLogLevel(logger);

    /// <summary>Writes a line. Returns soon, also when an output fails.</summary>
    public void Write(LogRecord record)
    {
        var line = LogFormat.Apply(record);
        if (arguments.LogsToConsole)
            LogConsole.Write(record.Level, line);

        WriteToFile(line);
        _rosout?.Write(record);
    }

    private void WriteToFile(string line)
    {
        try
        {
            file?.Write(line);
        }
        catch (IOException exception)
        {
            LogConsole.Write(LogLevel.Warn, $"The log file {file!.Path} ends here: {exception.Message}");
        }
    }
}

/// <summary>A line of the log.</summary>
/// <param name="Level">How serious it is.</param>
/// <param name="Logger">Name of the logger.</param>
/// <param name="Message">The text.</param>
/// <param name="Nanoseconds">When it was logged: nanoseconds since 1970 (UTC), also with <c>use_sim_time</c>.</param>
/// <param name="File">Source file that logged it.</param>
/// <param name="Function">Member that logged it.</param>
/// <param name="Line">Line of the source file.</param>
internal readonly record struct LogRecord(
    LogLevel Level, string Logger, string Message, long Nanoseconds, string File, string Function, int Line);

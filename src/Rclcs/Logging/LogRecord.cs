namespace rclcs;

/// <summary>A line of the log.</summary>
/// <param name="Level">How serious it is.</param>
/// <param name="Logger">Name of the logger.</param>
/// <param name="Message">The text.</param>
/// <param name="Nanoseconds">When it was logged: nanoseconds since 1970 (UTC), whatever <c>use_sim_time</c> is.</param>
/// <param name="File">Source file that logged it.</param>
/// <param name="Function">Member that logged it.</param>
/// <param name="Line">Line of the source file.</param>
internal readonly record struct LogRecord(
    LogLevel Level, string Logger, string Message, long Nanoseconds, string File, string Function, int Line);

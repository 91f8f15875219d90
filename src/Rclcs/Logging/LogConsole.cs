namespace rclcs;

/// <summary>The log on the console.</summary>
/// <remarks>
/// Standard error, or standard output with <c>RCUTILS_LOGGING_USE_STDOUT=1</c>; in color on a terminal or with
/// <c>RCUTILS_COLORIZED_OUTPUT=1</c>.
/// </remarks>
internal static class LogConsole
{
    private const string ResetColor = "\e[0m";

    private static readonly Lock WriteLock = new();
    private static readonly bool UsesStandardOutput =
        Environment.GetEnvironmentVariable("RCUTILS_LOGGING_USE_STDOUT") == "1";
    private static readonly bool IsColored = FindColored();

    /// <summary>Writes a line.</summary>
    public static void Write(LogLevel level, string line)
    {
        if (IsColored)
            line = Color(level) + line + ResetColor;

        Write(UsesStandardOutput ? Console.Out : Console.Error, line);
    }

    /// <summary>Writes a line as it is. Where the console takes none, a full disk for example, the program goes on without.</summary>
    public static void Write(TextWriter console, string line)
    {
        try
        {
            lock (WriteLock)
                console.WriteLine(line);
        }
        catch (IOException)
        {
            // There is no place where to say so.
        }
    }

    private static string Color(LogLevel level) => level switch
    {
        LogLevel.Debug => "\e[32m",
        LogLevel.Info => ResetColor,
        LogLevel.Warn => "\e[33m",
        _ => "\e[31m",
    };

    private static bool FindColored() => Environment.GetEnvironmentVariable("RCUTILS_COLORIZED_OUTPUT") switch
    {
        "1" => true,
        "0" => false,
        _ => !(UsesStandardOutput ? Console.IsOutputRedirected : Console.IsErrorRedirected),
    };
}

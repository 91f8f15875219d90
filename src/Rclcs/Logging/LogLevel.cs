namespace rclcs;

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

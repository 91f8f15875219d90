using System.Text;

namespace rclcs;

/// <summary>
/// The log in a file, with the name and place of rcl_logging_spdlog's: <c>program_pid_milliseconds.log</c> in
/// <c>ROS_LOG_DIR</c>, else in <c>log</c> of <c>ROS_HOME</c>, else in <c>~/.ros/log</c>. For any thread.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private readonly Lock _writeLock = new();
    private readonly StreamWriter _writer;
    private bool _closed;

    /// <summary>Creates the file, and the folder if need be.</summary>
    /// <param name="name">The first part of its name; the program's name if null.</param>
    /// <exception cref="IOException">There can be no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">There may be no such file.</exception>
    public LogFile(string? name)
    {
        var folder = FindFolder();
        Directory.CreateDirectory(folder);
        var milliseconds = SystemTime.NowNanoseconds() / 1_000_000;
        Path = System.IO.Path.Combine(
            folder, $"{name ?? AppDomain.CurrentDomain.FriendlyName}_{Environment.ProcessId}_{milliseconds}.log");

        // Each line goes out at once, so that the last one before a crash is there, and none is left to fail at the end. What is no
        // character becomes U+FFFD.
        _writer = new StreamWriter(
            new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            AutoFlush = true,
        };
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Writes a line. Nothing is written after one that did not go, for want of space for example.</summary>
    /// <exception cref="IOException">It did not go.</exception>
    public void Write(string line)
    {
        lock (_writeLock)
        {
            if (_closed)
                return;

            _closed = true;
            _writer.WriteLine(line);
            _closed = false;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_writeLock)
        {
            _closed = true;
            _writer.Dispose();
        }
    }

    private static string FindFolder()
    {
        var folder = Read("ROS_LOG_DIR") ?? System.IO.Path.Combine(Read("ROS_HOME") ?? "~/.ros", "log");
        if (folder != "~" && !folder.StartsWith("~/", StringComparison.Ordinal))
            return folder;

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0 ? home + folder[1..] : throw new IOException("there is no home directory, set ROS_LOG_DIR");
    }

    private static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

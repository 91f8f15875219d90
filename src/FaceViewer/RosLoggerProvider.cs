using Microsoft.Extensions.Logging;

namespace FaceViewer;

/// <summary>What the web server warns of, in the node's log.</summary>
/// <param name="logger">The node's.</param>
internal sealed class RosLoggerProvider(rclcs.Logger logger) : ILoggerProvider
{
    // What hinders the start is thrown besides, and said in a sentence.
    private const string ReportedByServer = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        categoryName == ReportedByServer ? Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance : new Category(logger, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Category(rclcs.Logger logger, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var text = $"{formatter(state, exception)}{(exception is null ? "" : $" {exception}")} ({name})";
            if (logLevel == LogLevel.Warning)
                logger.Warn(text);
            else
                logger.Error(text);
        }
    }
}

using System.Threading.Channels;
using rcl_interfaces.msg;

namespace rclcs;

/// <summary>
/// Publishes a node's log on <c>/rosout</c>, from the thread pool: a middleware that has to wait for a slow subscription
/// does not block code that logs. If it waits too long, the oldest lines are left out.
/// </summary>
internal sealed class RosoutPublisher : IDisposable
{
    private static readonly TimeSpan LastChance = TimeSpan.FromSeconds(1);

    private readonly Channel<LogRecord> _records;
    private readonly Publisher<Log> _publisher;
    private readonly Task _publishing;

    /// <summary>Starts to publish.</summary>
    /// <param name="node">Whose log it is. Disposes this as the last of its publishers.</param>
    public RosoutPublisher(Node node)
    {
        var qos = QosProfile.Rosout;
        _records = Channel.CreateBounded<LogRecord>(
            new BoundedChannelOptions(qos.Depth) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _publisher = new Publisher<Log>(node, node.ResolveTopicName("/rosout"), qos);
        _publishing = Task.Run(PublishAsync);
    }

    /// <summary>Publishes a line soon.</summary>
    public void Write(LogRecord record) => _records.Writer.TryWrite(record);

    /// <summary>Publishes what is left, unless that takes too long.</summary>
    public void Dispose()
    {
        _records.Writer.TryComplete();
        Task.WaitAny([_publishing], LastChance);
        _publisher.Dispose();
    }

    private async Task PublishAsync()
    {
        var message = new Log();
        await foreach (var record in _records.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            message.Stamp = builtin_interfaces.msg.Time.FromNanoseconds(record.Nanoseconds);
            message.Level = (byte)record.Level;
            message.Name = record.Logger;
            message.Msg = record.Message ?? ""; // Not everybody compiles with nullable checks.
            message.File = record.File;
            message.Function = record.Function;
            message.Line = (uint)record.Line;
            try
            {
                _publisher.Publish(message);
            }
            catch (RuntimeError exception)
            {
                // Not by a logger, which would bring it here again.
                LogConsole.Write(LogLevel.Error, $"The log is not published any more: {exception.Message}");
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using diagnostic_msgs.msg;
using rclcs;

namespace VisionNodes;

/// <summary>
/// Says once a second on <c>/diagnostics</c> how a node that works on images does: rates, latency, and what it left out.
/// </summary>
public sealed class Diagnostics : IDisposable
{
    private readonly INode _node;
    private readonly ImageInput _input;
    private readonly ImageWorker _worker;
    private readonly Func<IEnumerable<KeyValue>>? _more;
    private readonly Func<(byte Level, string Message)?>? _idle;
    private readonly IPublisher<DiagnosticArray> _publisher;
    private readonly IDisposable _timer;
    private readonly Stopwatch _second = Stopwatch.StartNew();
    private readonly DiagnosticStatus _status;
    private readonly DiagnosticArray _message;
    private readonly Lock _latencyLock = new();
    private long _results;
    private double _latencySum;
    private int _latencies;
    private Counts _last;

    /// <summary>Begins to publish.</summary>
    /// <param name="node">Outlives this; publishes while it spins.</param>
    /// <param name="input">Where the images come from.</param>
    /// <param name="worker">Who works on them.</param>
    /// <param name="more">What else the node has to say, asked for each time while the node spins.</param>
    /// <param name="idle">Level and message where the node looks at no image, such as before it is active; null where it does.</param>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    public Diagnostics(
        INode node, ImageInput input, ImageWorker worker, Func<IEnumerable<KeyValue>>? more = null,
        Func<(byte Level, string Message)?>? idle = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        (_node, _input, _worker, _more, _idle) = (node, input, worker, more, idle);
        _status = new DiagnosticStatus { Name = $"{node.FullyQualifiedName}: images" };
        _message = new DiagnosticArray { Status = [_status] };
        _last = Count();
        _publisher = node.CreatePublisher<DiagnosticArray>("/diagnostics");
        _timer = node.CreateWallTimer(TimeSpan.FromSeconds(1), Publish);
    }

    /// <summary>An image's results have gone out. From any thread.</summary>
    /// <param name="stamp">The image's; of one without, 0, it can't be known how long it took.</param>
    public void AddResult(builtin_interfaces.msg.Time stamp)
    {
        ArgumentNullException.ThrowIfNull(stamp);
        Interlocked.Increment(ref _results);
        if (stamp.ToNanoseconds() == 0)
            return;
        var latency = (_node.Clock.NowNanoseconds - stamp.ToNanoseconds()) / 1e6;
        lock (_latencyLock)
        {
            _latencySum += latency;
            _latencies++;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _publisher.Dispose();
    }

    /// <summary>A value of a status, as everywhere: with a point as decimal separator.</summary>
    public static KeyValue Value(string key, FormattableString value) =>
        new() { Key = key, Value = value.ToString(CultureInfo.InvariantCulture) };

    private Counts Count() => new(_input.Received, _worker.Processed, _worker.Dropped, _worker.Skipped, Interlocked.Read(ref _results));

    private void Publish()
    {
        var seconds = _second.Elapsed.TotalSeconds;
        _second.Restart();
        var (now, last) = (Count(), _last);
        _last = now;
        double? latency;
        lock (_latencyLock)
        {
            latency = _latencies > 0 ? _latencySum / _latencies : null;
            (_latencySum, _latencies) = (0, 0);
        }

        (_status.Level, _status.Message) = _idle?.Invoke() is { } idle ? idle
            : _input.Outage is { } outage ? (DiagnosticStatus.WARN, $"No image on {_input.TopicName}: {outage}")
            : now.Skipped > last.Skipped && now.Processed == last.Processed ? (DiagnosticStatus.ERROR, "No image can be worked on; the log says why")
            : now.Skipped > last.Skipped ? (DiagnosticStatus.WARN, "Images cannot be worked on; the log says why")
            : !_input.IsEnabled ? (DiagnosticStatus.OK, "Switched off by ~/enable")
            : !_input.IsSubscribed ? (DiagnosticStatus.OK, "Nobody listens to a result, so the camera is not subscribed to")
            : now.Received == 0 ? (DiagnosticStatus.OK, "No image yet")
            : (DiagnosticStatus.OK, "Images arrive");
        _status.Values =
        [
            Value("input topic", $"{_input.TopicName}"),
            Value("input quality of service", $"{_input.QualityOfService}"),
            Value("input rate (Hz)", $"{(now.Received - last.Received) / seconds:F1}"),
            Value("output rate (Hz)", $"{(now.Results - last.Results) / seconds:F1}"),
            Value("latency (ms)", latency is null ? $"none" : (FormattableString)$"{latency:F1}"),
            Value("dropped for newer images", $"{now.Dropped}"),
            Value("skipped", $"{now.Skipped}"),
            Value("middleware", $"{_node.Context.MiddlewareDescription}"),
            .. _more?.Invoke() ?? [],
        ];
        _status.HardwareId = _input.TopicName;
        _message.Header.Stamp = _node.Clock.Now;
        _publisher.Publish(_message);
    }

    private readonly record struct Counts(long Received, long Processed, long Dropped, long Skipped, long Results);
}

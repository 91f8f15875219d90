using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using diagnostic_msgs.msg;
using face_attributes.msg;
using face_attributes.srv;
using face_attributes;
using FaceViewer.Live;
using rclcs;
using Vision.Imaging;
using CompressedImage = sensor_msgs.msg.CompressedImage;
using Image = sensor_msgs.msg.Image;

namespace FaceViewer;

/// <summary>
/// What the viewer knows of the nodes: subscribes to their results while somebody looks, and calls their services. All members may
/// be called from any thread.
/// </summary>
internal sealed class PerceptionClient : IDisposable
{
    // A page that is loaded again must not start and stop the camera.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan NewEnough = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan WarningPause = TimeSpan.FromSeconds(5);

    private readonly INode _node;
    private readonly ViewerOptions _options;
    private readonly IClient<Classify.Request, Classify.Response> _classify;
    private readonly IClient<Explain.Request, Explain.Response> _explain;
    private readonly ParameterClient _parameters;
    private readonly Dictionary<string, ParameterValue> _initial = [];
    private readonly Lock _gate = new();
    private readonly HashSet<Channel<string>> _listeners = [];
    private readonly IDisposable _watch;
    private readonly string _nodeName;
    private IDisposable[] _pictureSubscriptions = [];
    private IDisposable[] _faceSubscriptions = [];
    private IDisposable? _explanation;
    private TaskCompletionSource<byte[]> _nextExplanation = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastExplanation = long.MinValue;
    private int _explained;
    private string? _latest;
    private long _latestAt;
    private TaskCompletionSource<string> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastPage = long.MinValue;
    private long _lastFaces = long.MinValue;
    private int _pages;
    private bool? _isPresent;
    private long _pictures;
    private long _messages;
    private double _latency;

    /// <summary>Creates the clients; subscribes to nothing yet.</summary>
    /// <param name="node">Outlives this.</param>
    /// <param name="options">Say which nodes.</param>
    public PerceptionClient(INode node, ViewerOptions options)
    {
        (_node, _options) = (node, options);
        _nodeName = node.ResolveTopicName(options.Node);
        _classify = node.CreateClient<Classify.Request, Classify.Response>($"{_nodeName}/classify");
        _explain = node.CreateClient<Explain.Request, Explain.Response>($"{_nodeName}/explain");
        _parameters = new ParameterClient(node, _nodeName);
        _watch = node.CreateWallTimer(Tick, Watch);
    }

    /// <summary>The pages that are open.</summary>
    public LiveHub Hub { get; } = new();

    /// <summary>Complete name of the node that reads faces.</summary>
    public string NodeName => _nodeName;

    /// <summary>Whether that node is there, as far as the graph tells.</summary>
    public bool IsPresent => _classify.IsServiceAvailable;

    /// <summary>Pictures that came from the node.</summary>
    public long Pictures => Interlocked.Read(ref _pictures);

    /// <summary>Messages with faces that came from it.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Seconds from the stamp of the last one to its arrival here.</summary>
    public double Latency => Volatile.Read(ref _latency);

    /// <summary>Keeps pictures and all else coming for a page, until it is disposed of.</summary>
    public IDisposable OpenPage()
    {
        lock (_gate)
        {
            _pages++;
            SubscribeAll();
        }

        return new Lease(() =>
        {
            lock (_gate)
            {
                _pages--;
                _lastPage = Environment.TickCount64;
            }
        });
    }

    /// <summary>The faces of the newest image, as JSON; waits for one where none came lately.</summary>
    public async Task<string> LatestAsync(CancellationToken cancellationToken)
    {
        Task<string> next;
        lock (_gate)
        {
            _lastFaces = Environment.TickCount64;
            SubscribeFaces();
            if (_latest is { } latest && Environment.TickCount64 - _latestAt < NewEnough.TotalMilliseconds)
                return latest;
            next = _next.Task;
        }

        return await next.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The faces of each image as JSON, as they come; of a reader that is too slow, the oldest are left out.</summary>
    public async IAsyncEnumerable<string> StreamAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(10) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            _listeners.Add(channel);
            SubscribeFaces();
        }

        try
        {
            while (await HasMoreAsync().ConfigureAwait(false))
            {
                while (channel.Reader.TryRead(out var faces))
                    yield return faces;
            }
        }
        finally
        {
            lock (_gate)
            {
                _listeners.Remove(channel);
                _lastFaces = Environment.TickCount64;
            }
        }

        // Who goes away is no error.
        async Task<bool> HasMoreAsync()
        {
            try
            {
                return await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    /// <summary>The next picture of <c>~/explanation</c>, as PNG.</summary>
    public async Task<byte[]> ExplanationAsync(CancellationToken cancellationToken)
    {
        Task<byte[]> next;
        lock (_gate)
        {
            _explained++;
            _explanation ??= _node.CreateSubscription<Image>($"{_nodeName}/explanation", ShowExplanation, QosProfile.Default with { Depth = 1 });
            next = _nextExplanation.Task;
        }

        try
        {
            return await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _explained--;
                _lastExplanation = Environment.TickCount64;
            }
        }
    }

    /// <summary>Calls <c>~/classify</c>.</summary>
    public Task<Classify.Response> ClassifyAsync(Classify.Request request, CancellationToken cancellationToken) =>
        _classify.CallAsync(request, cancellationToken);

    /// <summary>Calls <c>~/explain</c>.</summary>
    public Task<Explain.Response> ExplainAsync(Explain.Request request, CancellationToken cancellationToken) =>
        _explain.CallAsync(request, cancellationToken);

    /// <summary>The node's parameters: what they are for, their values, and those that they had when the viewer first saw them.</summary>
    public async Task<IReadOnlyList<(ParameterDescriptor Descriptor, ParameterValue Value, ParameterValue Initial)>> ParametersAsync(
        CancellationToken cancellationToken)
    {
        var names = (await _parameters.ListAsync([], cancellationToken: cancellationToken).ConfigureAwait(false)).Names;
        var descriptors = await _parameters.DescribeAsync(names, cancellationToken).ConfigureAwait(false);
        var values = await _parameters.GetAsync(names, cancellationToken).ConfigureAwait(false);
        lock (_initial)
        {
            return [.. descriptors.Zip(values, (descriptor, value) =>
            {
                if (!_initial.TryGetValue(descriptor.Name, out var initial) || initial.Type != value.Type)
                    _initial[descriptor.Name] = initial = value;
                return (descriptor, value, initial);
            })];
        }
    }

    /// <summary>A parameter's value; not set where the node has no such parameter.</summary>
    public async Task<ParameterValue> ParameterAsync(string name, CancellationToken cancellationToken) =>
        (await _parameters.GetAsync([name], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Sets one of them.</summary>
    public async Task<SetParametersResult> SetAsync(Parameter parameter, CancellationToken cancellationToken) =>
        (await _parameters.SetAsync([parameter], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Ends subscriptions and calls.</summary>
    public void Dispose()
    {
        _watch.Dispose();
        lock (_gate)
        {
            Array.ForEach(_pictureSubscriptions, subscription => subscription.Dispose());
            Array.ForEach(_faceSubscriptions, subscription => subscription.Dispose());
            _explanation?.Dispose();
            (_pictureSubscriptions, _faceSubscriptions, _explanation) = ([], [], null);
        }

        _classify.Dispose();
        _explain.Dispose();
        _parameters.Dispose();
    }

    private static bool IsOver(long since) => since == long.MinValue || Environment.TickCount64 - since > Linger.TotalMilliseconds;

    private void SubscribeAll()
    {
        SubscribeFaces();
        if (_pictureSubscriptions.Length > 0)
            return;
        _pictureSubscriptions =
        [
            _node.CreateSubscription<CompressedImage>($"{_nodeName}/view/compressed", ShowPicture, QosProfile.Default with { Depth = 1 }),
            _node.CreateSubscription<Situation>($"{_options.Situations}/situation", ShowSituation, QosProfile.Latched),
            _node.CreateSubscription<DiagnosticArray>("/diagnostics", ShowDiagnostics),
        ];
    }

    private void SubscribeFaces()
    {
        if (_faceSubscriptions.Length == 0)
            _faceSubscriptions = [_node.CreateSubscription<FaceAttributesArray>($"{_nodeName}/faces", ShowFaces)];
    }

    /// <summary>Ends what nobody looks at any more, and tells pages whether the node is there.</summary>
    private void Watch()
    {
        IDisposable[] pictures = [], faces = [];
        IDisposable? explanation = null;
        lock (_gate)
        {
            if (_explained == 0 && IsOver(_lastExplanation))
                (explanation, _explanation) = (_explanation, null);
            if (_pages == 0 && IsOver(_lastPage))
            {
                (pictures, _pictureSubscriptions) = (_pictureSubscriptions, []);
                Hub.Forget("situation", "diagnostics");
                if (_listeners.Count == 0 && IsOver(_lastFaces))
                    (faces, _faceSubscriptions, _latest) = (_faceSubscriptions, [], null);
            }
        }

        explanation?.Dispose();
        Array.ForEach(pictures, subscription => subscription.Dispose());
        Array.ForEach(faces, subscription => subscription.Dispose());
        if (IsPresent == _isPresent)
            return;
        _isPresent = IsPresent;
        if (_isPresent == false)
        {
            lock (_initial)
                _initial.Clear();
        }

        Hub.Send("node", writer =>
        {
            writer.WriteString("name", _nodeName);
            writer.WriteBoolean("present", _isPresent.Value);
        });
    }

    private void ShowPicture(CompressedImage image)
    {
        Interlocked.Increment(ref _pictures);
        Hub.Send(image);
    }

    private void ShowFaces(FaceAttributesArray message)
    {
        Interlocked.Increment(ref _messages);
        // Of a camera that doesn't say when it took its pictures it can't be known.
        var stamp = message.Header.Stamp.ToNanoseconds();
        var latency = stamp == 0 ? 0 : (_node.Clock.NowNanoseconds - stamp) / 1e9;
        Volatile.Write(ref _latency, latency);
        Hub.SendFaces(writer =>
        {
            writer.WriteNumber("latency", latency);
            writer.WritePropertyName("faces");
            FaceJson.Write(writer, message, isBrief: true);
        });
        lock (_gate)
        {
            if (_listeners.Count == 0 && IsOver(_lastFaces))
                return;
            var json = Text(message);
            (_latest, _latestAt) = (json, Environment.TickCount64);
            _next.TrySetResult(json);
            _next = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            foreach (var listener in _listeners)
                listener.Writer.TryWrite(json);
        }
    }

    /// <summary>A message as JSON.</summary>
    internal static string Text(FaceAttributesArray message)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
            FaceJson.Write(writer, message);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void ShowExplanation(Image image)
    {
        byte[] png;
        try
        {
            using var picture = BgrPicture.Of(image);
            png = picture.ImEncode(".png");
        }
        catch (Exception e) when (e is ImageException or OpenCvSharp.OpenCVException)
        {
            _node.Logger.WarnThrottle(WarningPause, $"An explanation of {_nodeName} is not shown: {e.Message}");
            return;
        }

        lock (_gate)
        {
            _nextExplanation.TrySetResult(png);
            _nextExplanation = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void ShowSituation(Situation message) => Hub.Send("situation", writer =>
    {
        writer.WritePropertyName("situation");
        FaceJson.Write(writer, message);
    });

    private void ShowDiagnostics(DiagnosticArray message)
    {
        foreach (var status in message.Status)
        {
            if (!status.Name.StartsWith(_nodeName + ":", StringComparison.Ordinal))
                continue;
            Hub.Send("diagnostics", writer =>
            {
                writer.WriteNumber("level", status.Level);
                writer.WriteString("message", status.Message);
                writer.WriteStartObject("values");
                foreach (var value in status.Values)
                    writer.WriteString(value.Key, value.Value);
                writer.WriteEndObject();
            });
        }
    }

    private sealed class Lease(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}

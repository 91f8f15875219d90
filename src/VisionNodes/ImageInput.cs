using System.Globalization;
using rclcs;
using CameraInfo = sensor_msgs.msg.CameraInfo;
using CompressedImage = sensor_msgs.msg.CompressedImage;
using Image = sensor_msgs.msg.Image;

namespace VisionNodes;

/// <summary>
/// A camera's images, raw or compressed as image_transport names them: <c>sensor_msgs/Image</c> on the topic, or
/// <c>sensor_msgs/CompressedImage</c> on <c>topic/compressed</c> or on the topic itself. Subscribes as the publishers
/// allow, and only while the images are wanted. Has the parameters <c>input.*</c> and follows their changes.
/// </summary>
/// <remarks>Belongs to the thread that spins the node, but for its counter.</remarks>
public sealed class ImageInput : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan WarningPause = TimeSpan.FromSeconds(30);

    private readonly INode _node;
    private readonly string _topic;
    private readonly Action<CameraImage> _receive;
    private readonly Func<bool> _isWanted;
    private readonly LiveParameter<string> _reliability;
    private readonly LiveParameter<string> _transport;
    private readonly LiveParameter<double> _timeout;
    private readonly LiveParameter<bool>? _lazy;
    private readonly LiveParameter<bool> _lockStep;
    private readonly Dictionary<string, long> _warnings = [];
    private ISubscription? _subscription;
    private ISubscription? _previous;
    private ISubscription? _info;
    private IDisposable? _watch;
    private ImageSource _source;
    private ImageSource _previousSource;
    private ImageOutage? _outage;
    private long _received;
    private long _lastImage;
    private long _lastLook;
    private long _lastSubscribe;
    private long _infos;
    private (int Sec, uint Nanosec)? _lastStamp;

    /// <summary>Declares the parameters; nothing is subscribed to yet.</summary>
    /// <param name="node">Outlives this.</param>
    /// <param name="parameters">Get <c>input.*</c>.</param>
    /// <param name="topic">Of the raw images; others may remap it.</param>
    /// <param name="receive">Called while the node spins, with each image; owns it.</param>
    /// <param name="isWanted">Whether anybody listens to what is made of the images; always if null, and then there is no <c>input.lazy</c>.</param>
    /// <exception cref="ParameterException">A value from outside is not allowed.</exception>
    public ImageInput(
        INode node, LiveParameters parameters, string topic, Action<CameraImage> receive, Func<bool>? isWanted = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(parameters);
        (_node, _topic, _receive, _isWanted) = (node, node.ResolveTopicName(topic), receive, isWanted ?? (() => true));
        _reliability = parameters.Add("input.reliability", "auto",
            "Of the camera subscription: auto takes what the publishers offer; best_effort fits every camera; reliable loses no part of a large image, but only fits cameras that offer it",
            new ParameterDescriptor { AllowedStrings = ["auto", "best_effort", "reliable"] });
        _transport = parameters.Add("input.transport", "auto",
            "raw images, compressed ones (JPEG or PNG on <topic>/compressed), or auto: compressed where only those are published",
            new ParameterDescriptor { AllowedStrings = ["raw", "compressed", "auto"] });
        _timeout = parameters.Add("input.timeout_seconds", 5.0, "Seconds without an image after which the node warns",
            LiveParameters.Range(0.5, 3600));
        if (isWanted is not null)
        {
            _lazy = parameters.Add("input.lazy", true,
                "Whether the camera is subscribed to only while somebody subscribes to a result; not with input.lock_step");
        }

        _lockStep = parameters.Add("input.lock_step", false,
            "Whether every image is worked on, in order, however long it takes, so that the same bag gives the same results again");
        parameters.OnChange(["input."], () => null, _ =>
        {
            if (_watch is not null)
                Apply(isAsked: true);
        });
    }

    /// <summary>The topic that is subscribed to now, as others see it; while there is none, that of the raw images.</summary>
    public string TopicName => _subscription?.TopicName ?? _topic;

    /// <summary>Whether images are to come at all; at first yes. While it is false nothing is subscribed to.</summary>
    public bool IsEnabled
    {
        get;
        set
        {
            field = value;
            if (_watch is not null)
                Apply();
        }
    } = true;

    /// <summary>After how long without an image something is wrong: <c>input.timeout_seconds</c>.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(_timeout.Value);

    /// <summary>Whether every image is to be worked on, in order.</summary>
    public bool IsLockStep => _lockStep.Value;

    /// <summary>Images that came.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Whether the camera is subscribed to.</summary>
    public bool IsSubscribed => _subscription is not null;

    /// <summary>Whether it is, and no image has come for longer than <c>input.timeout_seconds</c>.</summary>
    public bool IsStale => IsSubscribed && Silence >= Timeout;

    /// <summary>Why no image comes; null while images come, or the silence is shorter than <c>input.timeout_seconds</c>.</summary>
    public string? Outage => IsStale ? (_outage ??= FindOutage()).Reason : null;

    private bool IsNeeded => IsEnabled && (IsLockStep || _lazy?.Value == false || _isWanted());

    private TimeSpan Silence => Since(Interlocked.Read(ref _lastImage));

    /// <summary>Subscribes, now or when the images are wanted. May be called again after <see cref="Close"/>.</summary>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    public void Open()
    {
        Apply();
        _watch = _node.CreateWallTimer(Tick, Watch);
    }

    /// <summary>Ends the subscription. May be called twice.</summary>
    public void Close()
    {
        _watch?.Dispose();
        _watch = null;
        Unsubscribe();
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>How the camera is subscribed to: reliability and how many images wait at most; "not subscribed" while it isn't.</summary>
    public string QualityOfService => _subscription?.Qos is not { } qos ? "not subscribed"
        : $"{Name(qos.Reliability)}, {(qos.History == HistoryPolicy.KeepAll ? "keep all" : string.Create(CultureInfo.InvariantCulture, $"keep last {qos.Depth}"))}";

    /// <summary>Topic and quality of service, for the log.</summary>
    public override string ToString() => _subscription is not null ? $"{TopicName} ({QualityOfService})" : $"{_topic} while somebody listens";

    private static string Name(ReliabilityPolicy reliability) =>
        reliability == ReliabilityPolicy.BestEffort ? "best effort" : "reliable";

    private static bool IsOfOtherType(ISubscription? subscription, ImageSource of, ImageSource source) =>
        subscription is not null && of.Topic == source.Topic && of.IsCompressed != source.IsCompressed;

    private static TimeSpan Since(long ticks) => TimeSpan.FromMilliseconds(Environment.TickCount64 - ticks);

    private void Watch()
    {
        if (_subscription is null || Since(_lastLook) >= LookPause || !IsNeeded)
            Apply();
    }

    /// <summary>Brings the subscription in line with what is wanted and what is published.</summary>
    /// <param name="isAsked">Whether a parameter has changed.</param>
    private void Apply(bool isAsked = false)
    {
        if (!IsNeeded)
        {
            Unsubscribe();
            return;
        }

        _lastLook = Environment.TickCount64;
        var source = ImageSource.Choose(_node.Graph, _topic, _transport.Value, _reliability.Value, IsLockStep);

        // In lock step, images of a player that has ended may still wait in the subscription.
        if (IsLockStep && !isAsked && _subscription is not null && Silence < Timeout && _node.Graph.CountPublishers(source.Topic) == 0)
            source = _source;
        if (_subscription is null)
            Interlocked.Exchange(ref _lastImage, Environment.TickCount64);
        else if (source == _source && Since(_lastSubscribe) >= LookPause)
            EndPrevious(); // Where the new subscription has not found the camera by now, it does not fit.
        if (_subscription is null || source != _source)
            Subscribe(source);
        if (_subscription is not null)
            LookAtSilence();
    }

    private void Subscribe(ImageSource source)
    {
        // Fast DDS refuses a topic of two types, and librcl frees a subscription only a moment after it is disposed of: so the new one
        // comes with the next look. No image of the other type could come there any more.
        var isRefused = IsOfOtherType(_previous, _previousSource, source) || IsOfOtherType(_subscription, _source, source);
        EndPrevious();
        _lastSubscribe = Environment.TickCount64;
        if (isRefused)
        {
            _subscription?.Dispose();
            _subscription = null;
            return;
        }

        _previousSource = _source;
        _previous = _subscription;
        _source = source;
        ISubscription? subscription = null;
        var qos = QosProfile.SensorData with
        {
            Reliability = source.Reliability,
            History = source.IsLockStep ? HistoryPolicy.KeepAll : HistoryPolicy.KeepLast,
        };
        subscription = source.IsCompressed
            ? _node.CreateOwnedSubscription<CompressedImage>(
                source.Topic, message => Receive(subscription, new CameraImage(message)), qos)
            : _node.CreateOwnedSubscription<Image>(
                source.Topic, message => Receive(subscription, new CameraImage(message)), qos);
        _subscription = subscription;
        _node.Logger.Info($"Subscribed to {this}");
    }

    private void Unsubscribe()
    {
        EndPrevious();
        _subscription?.Dispose();
        _subscription = null;
        EndOutage();
    }

    private void EndPrevious()
    {
        _previous?.Dispose();
        _previous = null;
    }

    private void EndOutage()
    {
        _info?.Dispose();
        (_info, _infos, _outage) = (null, 0, null);
        _warnings.Clear();
    }

    private void Receive(ISubscription? from, CameraImage image)
    {
        var (sec, nanosec) = (image.Header.Stamp.Sec, image.Header.Stamp.Nanosec);
        if (_previous is not null && ReferenceEquals(from, _subscription))
        {
            // The new subscription has found the camera: from now on the old one is not needed. Its last image may be
            // this one.
            EndPrevious();
            if (_lastStamp == (sec, nanosec))
            {
                image.Dispose();
                return;
            }
        }

        _lastStamp = (sec, nanosec);
        if (_outage is not null || _info is not null)
            EndOutage();
        Interlocked.Exchange(ref _lastImage, Environment.TickCount64);
        Interlocked.Increment(ref _received);
        _receive(image);
    }

    /// <summary>Warns where no image comes, of each cause anew.</summary>
    private void LookAtSilence()
    {
        if (Silence >= Timeout / 2 && _subscription!.PublisherCount > 0)
            ListenToCameraInfo();
        _outage = IsStale ? FindOutage() : null;
        if (_outage is not { } outage || (_warnings.TryGetValue(outage.Cause, out var last) && Since(last) < WarningPause))
            return;
        _warnings[outage.Cause] = Environment.TickCount64;
        _node.Logger.Warn(string.Create(CultureInfo.InvariantCulture,
            $"No image on {TopicName} for {Silence.TotalSeconds:F0} s: {outage.Reason}"));
    }

    private ImageOutage FindOutage() =>
        ImageOutage.Find(_node, _topic, _source, _subscription!.PublisherCount, _info?.TopicName, _infos > 0, Received > 0);

    // Small and sent with each image: where it comes and the image doesn't, the image got lost on its way.
    private void ListenToCameraInfo()
    {
        if (_info is null && ImageOutage.FindCameraInfo(_node.Graph, _source.Topic) is { } topic)
            _info = _node.CreateSubscription<CameraInfo>(topic, _ => _infos++, QosProfile.SensorData);
    }
}

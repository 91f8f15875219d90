using System.Globalization;
using rclcs;
using CompressedImage = sensor_msgs.msg.CompressedImage;
using Image = sensor_msgs.msg.Image;

namespace VisionNodes;

/// <summary>
/// A camera's images, raw or compressed as image_transport names them: <c>sensor_msgs/Image</c> on the topic, or
/// <c>sensor_msgs/CompressedImage</c> on <c>topic/compressed</c>. Has the parameters <c>input.*</c> and follows their changes.
/// </summary>
/// <remarks>Belongs to the thread that spins the node, but for its counter.</remarks>
public sealed class ImageInput : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.5);

    private readonly INode _node;
    private readonly string _topic;
    private readonly Action<CameraImage> _receive;
    private readonly LiveParameter<string> _reliability;
    private readonly LiveParameter<string> _transport;
    private readonly LiveParameter<double> _timeout;
    private ISubscription? _subscription;
    private ISubscription? _previous;
    private IDisposable? _watch;
    private string? _compressedTopic;
    private bool _isCompressed;
    private long _received;
    private long _lastImage;
    private long _lastWarning;
    private (int Sec, uint Nanosec) _lastStamp;

    /// <summary>Declares the parameters; nothing is subscribed to yet.</summary>
    /// <param name="node">Outlives this.</param>
    /// <param name="parameters">Get <c>input.*</c>.</param>
    /// <param name="topic">Of the raw images; others may remap it.</param>
    /// <param name="receive">Called while the node spins, with each image; owns it.</param>
    /// <exception cref="ParameterException">A value from outside is not allowed.</exception>
    public ImageInput(INode node, LiveParameters parameters, string topic, Action<CameraImage> receive)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        (_node, _topic, _receive) = (node, topic, receive);
        _reliability = parameters.Add("input.reliability", "best_effort",
            "Of the camera subscription: best_effort fits every camera; reliable loses no part of a large image, but only fits cameras that offer it",
            new ParameterDescriptor { AllowedStrings = ["best_effort", "reliable"] });
        _transport = parameters.Add("input.transport", "auto",
            "raw images, compressed ones (JPEG or PNG on <topic>/compressed), or auto: compressed where only those are published",
            new ParameterDescriptor { AllowedStrings = ["raw", "compressed", "auto"] });
        _timeout = parameters.Add("input.timeout", 5.0, "Seconds without an image after which the node warns",
            LiveParameters.Range(0.5, 3600));
        parameters.OnChange(["input."], () => null, _ => Apply());
    }

    /// <summary>The topic that is subscribed to now, as others see it; as it was given while closed.</summary>
    public string TopicName => _subscription?.TopicName ?? _topic;

    /// <summary>Images that came.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Whether no image has come for longer than <c>input.timeout</c>.</summary>
    public bool IsStale => Silence.TotalSeconds >= _timeout.Value;

    /// <summary>Publishers on the topic.</summary>
    public int PublisherCount => _subscription?.PublisherCount ?? 0;

    private TimeSpan Silence => TimeSpan.FromMilliseconds(Environment.TickCount64 - Interlocked.Read(ref _lastImage));

    private string CompressedTopic => _compressedTopic ??= ResolvedTopic() + "/compressed";

    private bool WantsCompressed => _transport.Value switch
    {
        "raw" => false,
        "compressed" => true,
        _ => _node.Graph.CountPublishers(_topic) == 0 && _node.Graph.CountPublishers(CompressedTopic) > 0,
    };

    private QosProfile WantedQos => QosProfile.SensorData with
    {
        Reliability = _reliability.Value == "reliable" ? ReliabilityPolicy.Reliable : ReliabilityPolicy.BestEffort,
    };

    /// <summary>Subscribes. May be called again after <see cref="Close"/>.</summary>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    public void Open()
    {
        Interlocked.Exchange(ref _lastImage, Environment.TickCount64);
        Subscribe(WantsCompressed);
        _watch = _node.CreateWallTimer(Tick, Watch);
    }

    /// <summary>Ends the subscription. May be called twice.</summary>
    public void Close()
    {
        _watch?.Dispose();
        _previous?.Dispose();
        _subscription?.Dispose();
        (_watch, _previous, _subscription) = (null, null, null);
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>Topic and quality of service, for the log.</summary>
    public override string ToString() => $"{TopicName} ({_reliability.Value.Replace('_', ' ')})";

    private void Apply()
    {
        if (_subscription is null)
            return;
        var wantsCompressed = WantsCompressed;
        if (_subscription.Qos.Reliability != WantedQos.Reliability || wantsCompressed != _isCompressed)
            Subscribe(wantsCompressed);
    }

    private void Subscribe(bool compressed)
    {
        _previous?.Dispose();
        _previous = _subscription;
        _isCompressed = compressed;
        ISubscription? subscription = null;
        subscription = compressed
            ? _node.CreateOwnedSubscription<CompressedImage>(
                CompressedTopic, message => Receive(subscription, new CameraImage(message)), WantedQos)
            : _node.CreateOwnedSubscription<Image>(
                _topic, message => Receive(subscription, new CameraImage(message)), WantedQos);
        _subscription = subscription;
    }

    // The name of a topic that others may remap is known from a subscription only.
    private string ResolvedTopic()
    {
        using var subscription = _node.CreateOwnedSubscription<Image>(_topic, message => message.Dispose(), WantedQos);
        return subscription.TopicName;
    }

    private void Receive(ISubscription? from, CameraImage image)
    {
        var (sec, nanosec) = (image.Header.Stamp.Sec, image.Header.Stamp.Nanosec);
        if (_previous is not null && ReferenceEquals(from, _subscription))
        {
            // The new subscription has found the camera: from now on the old one is not needed. Its last image may be
            // this one.
            _previous.Dispose();
            _previous = null;
            if (_lastStamp == (sec, nanosec))
            {
                image.Dispose();
                return;
            }
        }

        _lastStamp = (sec, nanosec);
        Interlocked.Exchange(ref _lastImage, Environment.TickCount64);
        Interlocked.Increment(ref _received);
        _receive(image);
    }

    private void Watch()
    {
        // Where the new subscription has not found the camera by now, it does not fit.
        _previous?.Dispose();
        _previous = null;
        if (Silence < Tick)
            return;
        Apply();
        var timeout = TimeSpan.FromSeconds(_timeout.Value);
        if (Silence < timeout || Environment.TickCount64 - _lastWarning < timeout.TotalMilliseconds)
            return;
        _lastWarning = Environment.TickCount64;
        var publishers = _subscription!.PublisherCount;
        _node.Logger.Warn(string.Create(CultureInfo.InvariantCulture,
            $"No image on {TopicName} for {Silence.TotalSeconds:F0} s ({publishers} publishers match): is the camera running, and is its topic remapped to '{_topic}'?"));
    }
}

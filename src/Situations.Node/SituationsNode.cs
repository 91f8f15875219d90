using System.Diagnostics;
using diagnostic_msgs.msg;
using face_attributes.msg;
using face_attributes.srv;
using OpenCvSharp;
using rclcs;
using std_msgs.msg;
using std_srvs.srv;
using Vision.Imaging;
using VisionNodes;
using Image = sensor_msgs.msg.Image;

namespace Situations.Node;

/// <summary>
/// The managed node around a <see cref="SituationDescriber"/>: <c>image</c> in, <c>~/situation</c> and <c>~/annotated</c> out, and
/// the services <c>~/describe</c> and <c>~/anything_new</c>. Configure loads the networks, activate subscribes to the camera.
/// </summary>
/// <remarks>The executor's thread receives images; a <see cref="ImageWorker"/> looks at the newest where one is due.</remarks>
internal sealed class SituationsNode : ManagedVisionNode
{
    private readonly SituationSettings _settings;
    private readonly ImageRotation _rotation;
    private readonly Pace _pace = new();
    private readonly DangerAlarm _alarm = new();
    private readonly SceneChange _scene = new();

    // The describer and what is made of it: the worker's, and a request's that brings its own image.
    private readonly Lock _gate = new();
    private readonly NextResult<Situation> _next = new();
    private readonly IService<Describe.Request, Describe.Response>? _describe;
    private readonly IService<Trigger.Request, Trigger.Response>? _anythingNew;
    private readonly Situation _message = new();
    private SituationDescriber? _describer;
    private ILifecyclePublisher<Situation>? _publisher;
    private ILifecyclePublisher<Image>? _annotatedPublisher;
    private Mat? _picture;
    private PictureMessage? _annotated;
    private bool _isAnnotated;
    private string _news = "";
    private string _told = "";
    private long _looks;
    private double _lookMilliseconds;

    /// <summary>Declares the parameters; the node is unconfigured.</summary>
    /// <param name="node">Outlives this.</param>
    /// <exception cref="ParameterException">A value from outside is not allowed.</exception>
    public SituationsNode(INode node)
        : base(node)
    {
        Worker = new ImageWorker(node.Logger, "situations", () => true, Process);
        Input = new ImageInput(node, Parameters, "image", Receive);
        _rotation = new ImageRotation(Parameters);
        _settings = new SituationSettings(Parameters);
        Parameters.OnChange(["model"], () => _describer is null ? null : LoadDescriber(), loaded => Worker.BeforeNext(Put((SituationDescriber?)loaded)));
        Parameters.OnChange(["beam_width", "period_seconds", "change", "core_share", "hold_seconds", "annotated."], () => null, _ => Worker.BeforeNext(ReadSettings()));
        Lifecycle = new LifecycleNode(node, this);
        if (!node.Context.HasServices)
            return;
        _describe = node.CreateService<Describe.Request, Describe.Response>("~/describe", Describe);
        _anythingNew = node.CreateService<Trigger.Request, Trigger.Response>("~/anything_new", AnythingNew);
    }

    /// <inheritdoc/>
    public override LifecycleNode Lifecycle { get; }

    /// <inheritdoc/>
    public override ImageWorker Worker { get; }

    /// <summary>Images that were looked at; the others only told that nothing changed.</summary>
    public long Looks => Interlocked.Read(ref _looks);

    /// <inheritdoc/>
    protected override ImageInput Input { get; }

    /// <inheritdoc/>
    protected override string Announcement => $"Subscribed to {Input}, publishing {_publisher!.TopicName}, on {Node.Context.MiddlewareDescription}";

    /// <inheritdoc/>
    public override void Dispose()
    {
        _describe?.Dispose();
        _anythingNew?.Dispose();
        base.Dispose();
        _scene.Dispose();
    }

    /// <inheritdoc/>
    protected override void Load()
    {
        Put(LoadDescriber())();
        _publisher = Lifecycle.CreatePublisher<Situation>("~/situation", QosProfile.Latched);
        _annotatedPublisher = Lifecycle.CreatePublisher<Image>("~/annotated", QosProfile.Default with { Depth = 1 });
        (_picture, _annotated) = (new Mat(), new PictureMessage());
    }

    /// <inheritdoc/>
    protected override IEnumerable<KeyValue> Describe() =>
    [
        Diagnostics.Value("model", $"{Path.GetFileNameWithoutExtension(Manifest)}"),
        Diagnostics.Value("looks", $"{Looks}"),
        Diagnostics.Value("looking (ms)", $"{Volatile.Read(ref _lookMilliseconds):F0}"),
        Diagnostics.Value("alert", $"{_alarm.IsRaised}"),
    ];

    // A name without a folder is of a model that comes with the node.
    private string Manifest => _settings.Model switch
    {
        "" => Shipped("situation.yaml"),
        var name when Path.GetFileName(name) == name && !File.Exists(name) && File.Exists(Shipped(name)) => Shipped(name),
        var path => path,
    };

    private static string Shipped(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);

    private SituationDescriber LoadDescriber() => SituationDescriber.Load(Manifest);

    /// <summary>What puts new networks in the place of the old ones.</summary>
    private Action Put(SituationDescriber? describer)
    {
        var apply = ReadSettings();
        return () =>
        {
            if (describer is null)
                return;
            lock (_gate)
            {
                _describer?.Dispose();
                _describer = describer;
            }

            (_alarm.RaiseFrom, _alarm.ClearBelow) = (describer.Manifest.DangerFrom, describer.Manifest.NoneBelow);
            apply();
        };
    }

    /// <summary>What brings the settings as they are now into the parts, later and on the worker's thread maybe.</summary>
    private Action ReadSettings()
    {
        var (period, change, coreShare, hold, isAnnotated, beamWidth) = (
            _settings.Period, _settings.Change, _settings.CoreShare, _settings.Hold, _settings.IsAnnotated, _settings.BeamWidth);
        return () =>
        {
            (_pace.Period, _pace.Change, _pace.CoreShare) = (period, change, coreShare);
            (_alarm.Hold, _isAnnotated) = (hold, isAnnotated);
            if (_describer is not null)
                _describer.BeamWidth = beamWidth;
        };
    }

    /// <inheritdoc/>
    protected override void Rest()
    {
        base.Rest();
        _next.Refuse("The node is no longer active.");
        _pace.Reset();
        _alarm.Reset();
        _scene.Reset();
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        _publisher?.Dispose();
        _annotatedPublisher?.Dispose();
        _annotated?.Dispose();
        _picture?.Dispose();
        (_publisher, _annotatedPublisher, _annotated, _picture) = (null, null, null, null);
        lock (_gate)
        {
            _describer?.Dispose();
            _describer = null;
        }
    }

    private void Process(ImageFrame frame, Header header)
    {
        frame.Upright = _rotation.Upright;
        var time = SecondsOf(header);
        var change = _scene.Measure(frame);
        if (!_next.IsAsked && !_pace.IsDue(time, change, _alarm.IsChanging))
            return;

        var watch = Stopwatch.StartNew();
        lock (_gate)
        {
            var describer = _describer!;
            describer.Describe(frame);
            var wasRaised = _alarm.IsRaised;
            _alarm.Update(describer.Danger.Probability, time);
            Fill(_message, describer, header);
            Tell(wasRaised);
            if (_isAnnotated && _annotatedPublisher is { IsActivated: true, SubscriptionCount: > 0 })
            {
                SituationAnnotator.Draw(frame, describer.Sentence, describer.Danger, _picture!);
                header.CopyTo(_annotated!.Message.Header);
                _annotatedPublisher.Publish(_annotated.Show(_picture!));
            }
        }

        _scene.Keep();
        _pace.Looked(time, watch.Elapsed.TotalSeconds);
        Volatile.Write(ref _lookMilliseconds, watch.Elapsed.TotalMilliseconds);
        Interlocked.Increment(ref _looks);
        _publisher!.Publish(_message);
        Diagnostics?.AddResult(header.Stamp);
        _next.Answer(() => Copy(_message));
    }

    /// <summary>Logs what is new; the log of a robot in an unchanging room stays empty.</summary>
    private void Tell(bool wasRaised)
    {
        if (_alarm.IsRaised != wasRaised)
        {
            if (_alarm.IsRaised)
                Node.Logger.Warn($"Danger has lasted for {_alarm.Hold:F0} s: {_message.Danger} ({_message.DangerProbability:P0})");
            else
                Node.Logger.Info("The danger has gone");
        }

        // A log is a file: what people look like is not written into one unless it is asked for.
        var news = $"{_message.Sentence} ({_message.Danger})";
        if (news != _news)
            Node.Logger.Debug($"It sees: {news}");
        Volatile.Write(ref _news, news);
    }

    private void Fill(Situation message, SituationDescriber describer, Header header)
    {
        header.CopyTo(message.Header);
        message.Sentence = describer.Sentence.Text;
        message.Confidence = describer.Sentence.Confidence;
        message.Danger = describer.Danger.Label;
        message.DangerProbability = describer.Danger.Probability;
        message.Alert = _alarm.IsRaised;
        var categories = describer.Danger.Categories;
        if (message.Distribution.Count != categories.Count)
            message.Distribution = [.. categories.Select(category => new LabelProbability { Label = category })];
        for (var i = 0; i < categories.Count; i++)
            (message.Distribution[i].Label, message.Distribution[i].Probability) = (categories[i], describer.Danger.Probabilities[i]);
    }

    private static Situation Copy(Situation message)
    {
        var copy = new Situation
        {
            Sentence = message.Sentence,
            Confidence = message.Confidence,
            Danger = message.Danger,
            DangerProbability = message.DangerProbability,
            Alert = message.Alert,
            Distribution = [.. message.Distribution.Select(item => new LabelProbability { Label = item.Label, Probability = item.Probability })],
        };
        message.Header.CopyTo(copy.Header);
        return copy;
    }

    private async Task<Describe.Response> Describe(Describe.Request request, CancellationToken cancellation)
    {
        try
        {
            ThrowIfNotActive();
            var image = request.Image;
            var situation = image.IsNone() ? await Next(_next, cancellation) : await Task.Run(() => Look(image, request.Upright), cancellation);
            return new Describe.Response { Success = true, Situation = situation };
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException || VisionProgram.Describe(e) is not null)
        {
            return new Describe.Response { Success = false, Message = VisionProgram.Describe(e) ?? e.Message };
        }
    }

    private Situation Look(Image image, bool isUpright)
    {
        using var frame = new ImageFrame { Upright = isUpright ? Turn.None : _rotation.Upright };
        frame.Set(image);
        lock (_gate)
        {
            var describer = _describer ?? throw new InvalidOperationException("The node is no longer active.");
            describer.Describe(frame);
            var message = new Situation();
            Fill(message, describer, image.Header);
            return message;
        }
    }

    private Trigger.Response AnythingNew(Trigger.Request request)
    {
        var news = Volatile.Read(ref _news);
        var isNew = news != _told;
        _told = news;
        return new Trigger.Response { Success = isNew, Message = news.Length == 0 ? "Nothing has been seen yet." : isNew ? news : "Nothing new." };
    }
}

using diagnostic_msgs.msg;
using FaceAttributes.Node.Outputs;
using FaceAttributes.Node.Services;
using OpenCvSharp;
using rclcs;
using std_msgs.msg;
using Vision.Imaging;
using VisionNodes;
using Image = sensor_msgs.msg.Image;

namespace FaceAttributes.Node;

/// <summary>
/// The managed node around a <see cref="FacePipeline"/>: <c>image</c> in, what <see cref="Output.Table"/> has out. Configure
/// loads detector and models, activate subscribes to the camera, and the other way round.
/// </summary>
/// <remarks>
/// The executor's thread receives images; a <see cref="ImageWorker"/> works on the newest. The camera is subscribed to and a
/// picture looked at only while somebody subscribes to a result.
/// </remarks>
internal sealed class FaceAttributesNode : ManagedVisionNode
{
    private readonly PipelineFactory _factory;
    private readonly PrivacySetting _privacy;
    private readonly Output[] _outputs;
    private readonly NextResult<Image> _next = new();
    private readonly Lock _lastLock = new();
    private FacePipeline? _pipeline;
    private ImageResult? _result;
    private (int Faces, PipelineTimings Timings) _last;
    private PictureServices? _services;
    private volatile int _enoughPixels;

    /// <summary>Declares the parameters; the node is unconfigured.</summary>
    /// <param name="node">Outlives this.</param>
    /// <exception cref="ParameterException">A value from outside is not allowed or contradicts another.</exception>
    public FaceAttributesNode(INode node)
        : base(node)
    {
        Worker = new ImageWorker(node.Logger, "face_attributes", () => IsLookedAt || _next.IsAsked, Process, () => _next.IsAsked ? ImageFrame.MaxSide : _enoughPixels);
        Input = new ImageInput(node, Parameters, "image", Receive, () => IsWanted || _next.IsAsked);
        _factory = new PipelineFactory(Parameters, node.Logger, () => Input.IsLockStep, () => _pipeline is not null,
            change => Worker.BeforeNext(() => change(_pipeline!)));
        Parameters.OnChange(["input.reduce", "detector", .. DetectorFactory.Table.Keys.Select(name => name + ".")], () => null,
            _ => _enoughPixels = _factory.EnoughPixels);
        _enoughPixels = _factory.EnoughPixels;
        _privacy = new PrivacySetting(Parameters);
        _outputs = [.. Output.Table.Select(create => create(Parameters, _privacy, _factory))];
        Lifecycle = new LifecycleNode(node, this);
    }

    /// <inheritdoc/>
    public override LifecycleNode Lifecycle { get; }

    /// <inheritdoc/>
    public override ImageWorker Worker { get; }

    /// <summary>Whether anybody listens to a result.</summary>
    public bool IsWanted => Array.Exists(_outputs, static output => output.IsWanted);

    private bool IsLookedAt => IsWanted || Input.IsLockStep;

    /// <summary>Whether the graph that explains answers is in memory; for tests.</summary>
    internal bool IsExplanationLoaded => _outputs.OfType<ExplanationOutput>().Single().IsLoaded;

    /// <inheritdoc/>
    protected override ImageInput Input { get; }

    /// <inheritdoc/>
    protected override string Announcement =>
        $"Subscribing to {Input}, publishing {string.Join(" and ", _outputs.SelectMany(output => output.TopicNames))}, on {Node.Context.MiddlewareDescription}";

    /// <inheritdoc/>
    protected override void Load()
    {
        _pipeline = _factory.Prepare()();
        _result = new ImageResult();
        foreach (var output in _outputs)
            output.Open(Lifecycle);
        if (Node.Context.HasServices)
            _services = new PictureServices(Node, _factory, _privacy, cancellationToken => Next(_next, cancellationToken));
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        _services?.Dispose();
        _services = null;
        foreach (var output in _outputs)
            output.Close();
        _result?.Dispose();
        _pipeline?.Dispose();
        (_result, _pipeline) = (null, null);
    }

    /// <inheritdoc/>
    protected override void Rest()
    {
        base.Rest();
        _next.Refuse("The node is no longer active.");
    }

    /// <inheritdoc/>
    protected override IEnumerable<KeyValue> Describe()
    {
        (int Faces, PipelineTimings Timings) last;
        lock (_lastLock)
            (last, _last) = (_last, default); // Where no image comes, there is no face until the next one.
        return
        [
            Diagnostics.Value("faces", $"{last.Faces}"),
            Diagnostics.Value("finding faces (ms)", $"{last.Timings.Detect.TotalMilliseconds:F1}"),
            Diagnostics.Value("classifying them (ms)", $"{last.Timings.Classify.TotalMilliseconds:F1}"),
            Diagnostics.Value("detector", $"{_factory.Detector}"),
            Diagnostics.Value("models", $"{string.Join(", ", _factory.Models)}"),
        ];
    }

    private void Answer(ImageFrame frame, Header header) => _next.Answer(() =>
    {
        using var picture = new Mat();
        frame.CopyBgrTo(picture);
        var image = new Image().Fill(picture);
        header.CopyTo(image.Header);
        return image;
    });

    private void Process(ImageFrame frame, Header header)
    {
        if (_next.IsAsked && frame.Reduction == 1) // Else it was asked for when the image had been read already: the next one is whole.
            Answer(frame, header);
        if (!IsLookedAt)
            return;
        frame.Upright = _factory.Upright;
        var (pipeline, result) = (_pipeline!, _result!);
        var privacy = _privacy.Now;
        pipeline.SearchesEveryImage = privacy is { ShowsPictures: true, HidesFaces: true };
        var tracks = pipeline.Process(frame, SecondsOf(header));
        lock (_lastLock)
            _last = (tracks.Count, pipeline.LastTimings);
        result.Set(frame, header, pipeline, tracks, privacy);
        foreach (var output in _outputs)
            output.Publish(result);

        Diagnostics?.AddResult(header.Stamp);
    }
}

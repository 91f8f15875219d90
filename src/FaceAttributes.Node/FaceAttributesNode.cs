using diagnostic_msgs.msg;
using FaceAttributes.Node.Outputs;
using FaceAttributes.Node.Services;
using rclcs;
using std_msgs.msg;
using std_srvs.srv;
using Vision.Imaging;
using VisionNodes;

namespace FaceAttributes.Node;

/// <summary>
/// The managed node around a <see cref="FacePipeline"/>: <c>image</c> in, what <see cref="Output.Table"/> has out. Configure
/// loads detector and models, activate subscribes to the camera, and the other way round.
/// </summary>
/// <remarks>
/// The executor's thread receives images; a <see cref="ImageWorker"/> works on the newest. The camera is subscribed to and a
/// picture looked at only while somebody subscribes to a result.
/// </remarks>
internal sealed class FaceAttributesNode : ILifecycleCallbacks, IDisposable
{
    private readonly INode _node;
    private readonly LiveParameters _parameters;
    private readonly ImageInput _input;
    private readonly PipelineFactory _factory;
    private readonly Output[] _outputs;
    private readonly Lock _lastLock = new();
    private FacePipeline? _pipeline;
    private Diagnostics? _diagnostics;
    private (int Faces, PipelineTimings Timings) _last;
    private IDisposable? _enable;
    private ClassifyService? _classify;

    /// <summary>Declares the parameters; the node is unconfigured.</summary>
    /// <param name="node">Outlives this.</param>
    /// <exception cref="ParameterException">A value from outside is not allowed or contradicts another.</exception>
    public FaceAttributesNode(INode node)
    {
        _node = node;
        Autostart = node.Parameters.Declare("autostart", true, new ParameterDescriptor
        {
            Description = "Whether the node configures and activates itself; false leaves it unconfigured, for ros2 lifecycle or a launch file",
            ReadOnly = true,
        });
        _parameters = new LiveParameters(node.Parameters);
        Worker = new ImageWorker(node.Logger, "face_attributes", () => IsWanted, Process);
        _input = new ImageInput(node, _parameters, "image", Receive, () => IsWanted);
        _factory = new PipelineFactory(_parameters, node.Logger, () => _input.IsLockStep, () => _pipeline is not null,
            change => Worker.BeforeNext(() => change(_pipeline!)));
        _outputs = [.. Output.Table.Select(create => create(_parameters))];
        Lifecycle = new LifecycleNode(node, this);
    }

    /// <summary>Whether the program is to call <see cref="Start"/>.</summary>
    public bool Autostart { get; }

    /// <summary>Where the node is in its life.</summary>
    public LifecycleNode Lifecycle { get; }

    /// <summary>Works on the images, and counts them.</summary>
    public ImageWorker Worker { get; }

    /// <summary>Whether anybody listens to a result.</summary>
    public bool IsWanted => Array.Exists(_outputs, static output => output.IsWanted);

    /// <summary>Configures and activates the node.</summary>
    /// <returns>Whether it is active; if not, the log says why.</returns>
    public bool Start() =>
        Lifecycle.Configure() == LifecycleState.Inactive && Lifecycle.Activate() == LifecycleState.Active;

    /// <inheritdoc/>
    public CallbackReturn OnConfigure(LifecycleState previous)
    {
        try
        {
            _pipeline = _factory.Create();
            foreach (var output in _outputs)
                output.Open(Lifecycle);
            if (_node.Context.HasServices)
            {
                _enable = _node.CreateService<SetBool.Request, SetBool.Response>("~/enable", Enable);
                _classify = new ClassifyService(_node, _factory.Create);
            }

            return CallbackReturn.Success;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or NotInitializedException))
        {
            Release();
            return CallbackReturn.Failure(VisionProgram.Describe(e) ?? e.Message);
        }
    }

    /// <inheritdoc/>
    public CallbackReturn OnActivate(LifecycleState previous)
    {
        _diagnostics = new Diagnostics(_node, _input, Worker, Describe);
        _input.Open();
        Worker.Start();
        _node.Logger.Info(
            $"Subscribing to {_input}, publishing {string.Join(" and ", _outputs.SelectMany(output => output.TopicNames))}, on {_node.Context.MiddlewareDescription}");
        return CallbackReturn.Success;
    }

    /// <inheritdoc/>
    public CallbackReturn OnDeactivate(LifecycleState previous)
    {
        Rest();
        return CallbackReturn.Success;
    }

    /// <inheritdoc/>
    public CallbackReturn OnCleanup(LifecycleState previous)
    {
        Release();
        return CallbackReturn.Success;
    }

    /// <inheritdoc/>
    public CallbackReturn OnShutdown(LifecycleState previous) => OnError(previous);

    /// <inheritdoc/>
    public CallbackReturn OnError(LifecycleState previous)
    {
        Rest();
        Release();
        return CallbackReturn.Success;
    }

    /// <summary>Ends the work with the image at hand.</summary>
    public void Dispose()
    {
        Rest();
        Release();
        Lifecycle.Dispose();
        _parameters.Dispose();
    }

    private void Rest()
    {
        _input.Close();
        Worker.Stop();
        _diagnostics?.Dispose();
        _diagnostics = null;
    }

    private void Release()
    {
        _enable?.Dispose();
        _classify?.Dispose();
        (_enable, _classify) = (null, null);
        foreach (var output in _outputs)
            output.Close();
        _pipeline?.Dispose();
        _pipeline = null;
    }

    private IEnumerable<KeyValue> Describe()
    {
        (int Faces, PipelineTimings Timings) last;
        lock (_lastLock)
            last = _last;
        return
        [
            Diagnostics.Value("faces", $"{last.Faces}"),
            Diagnostics.Value("finding faces (ms)", $"{last.Timings.Detect.TotalMilliseconds:F1}"),
            Diagnostics.Value("classifying them (ms)", $"{last.Timings.Classify.TotalMilliseconds:F1}"),
            Diagnostics.Value("detector", $"{_factory.Detector}"),
            Diagnostics.Value("models", $"{string.Join(", ", _factory.Models)}"),
        ];
    }

    private void Receive(CameraImage image)
    {
        if (_input.IsLockStep)
            Worker.PutInOrder(image);
        else
            Worker.Put(image);
    }

    private SetBool.Response Enable(SetBool.Request request)
    {
        _input.IsEnabled = request.Data;
        return new SetBool.Response { Success = true, Message = request.Data ? "images are looked at" : "no image is looked at" };
    }

    private void Process(ImageFrame frame, Header header)
    {
        frame.Upright = _factory.Upright;
        // A camera that doesn't say when it took its pictures took them just now.
        var stamp = header.Stamp.ToNanoseconds();
        var pipeline = _pipeline!;
        var tracks = pipeline.Process(frame, (stamp != 0 ? stamp : _node.Clock.NowNanoseconds) / 1e9);
        lock (_lastLock)
            _last = (tracks.Count, pipeline.LastTimings);
        foreach (var output in _outputs)
            output.Publish(frame, header, tracks, pipeline.LostTracks);

        _diagnostics?.AddResult(header.Stamp);
    }
}

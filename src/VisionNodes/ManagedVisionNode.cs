using diagnostic_msgs.msg;
using OpenCvSharp;
using rclcs;
using std_msgs.msg;
using std_srvs.srv;

namespace VisionNodes;

/// <summary>
/// A managed node that looks at a camera's images: configure loads what looks at them, activate subscribes to the camera, and the other
/// way round. Has the service <c>~/enable</c> while it is configured, and tells <c>/diagnostics</c> how it does from the first configure on.
/// </summary>
public abstract class ManagedVisionNode : ILifecycleCallbacks, IDisposable
{
    // As many as the published figures were measured with. OpenCV takes all of a machine's, for an image of a few milliseconds.
    private const int OpenCvThreads = 2;

    private IDisposable? _enable;
    private string? _failure;

    /// <summary>
    /// Declares the parameter <c>autostart</c>. Who derives from this makes the worker, the input and, when nothing can fail any
    /// more, the life cycle.
    /// </summary>
    /// <param name="node">Outlives this.</param>
    /// <exception cref="ParameterException">The value from outside is not allowed.</exception>
    protected ManagedVisionNode(INode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Node = node;
        Autostart = node.Parameters.Declare("autostart", true, new ParameterDescriptor
        {
            Description = "Whether the node configures and activates itself; false leaves it unconfigured, for ros2 lifecycle or a launch file",
            ReadOnly = true,
        });
        Parameters = new LiveParameters(node.Parameters);
    }

    /// <summary>Whether the program is to call <see cref="Start"/>.</summary>
    public bool Autostart { get; }

    /// <summary>Where the node is in its life.</summary>
    public abstract LifecycleNode Lifecycle { get; }

    /// <summary>Works on the images, and counts them.</summary>
    public abstract ImageWorker Worker { get; }

    /// <summary>Gets the images.</summary>
    protected abstract ImageInput Input { get; }

    /// <summary>The node.</summary>
    protected INode Node { get; }

    /// <summary>The parameters that change while the node runs.</summary>
    protected LiveParameters Parameters { get; }

    /// <summary>What is told of the node and its images; null before the first configure.</summary>
    protected Diagnostics? Diagnostics { get; private set; }

    /// <summary>What the log says once the node is active.</summary>
    protected abstract string Announcement { get; }

    private (byte Level, string Message)? Idle => Lifecycle.CurrentState == LifecycleState.Active ? null
        : _failure is { } failure ? (DiagnosticStatus.ERROR, failure)
        : (DiagnosticStatus.OK, Lifecycle.CurrentState.ToString());

    /// <summary>Configures and activates the node.</summary>
    /// <returns>Whether it is active; if not, the log says why.</returns>
    public bool Start() =>
        Lifecycle.Configure() == LifecycleState.Inactive && Lifecycle.Activate() == LifecycleState.Active;

    /// <inheritdoc/>
    public CallbackReturn OnConfigure(LifecycleState previous)
    {
        try
        {
            _failure = null;
            Diagnostics ??= new Diagnostics(Node, Input, Worker, Describe, () => Idle);
            Cv2.SetNumThreads(Math.Min(Environment.ProcessorCount, OpenCvThreads));
            Load();
            if (Node.Context.HasServices)
                _enable = Node.CreateService<SetBool.Request, SetBool.Response>("~/enable", Enable);
            return CallbackReturn.Success;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or NotInitializedException or OperationCanceledException))
        {
            Unload();
            _failure = VisionProgram.Describe(e) ?? e.Message;
            return CallbackReturn.Failure(_failure);
        }
    }

    /// <inheritdoc/>
    public CallbackReturn OnActivate(LifecycleState previous)
    {
        Input.Open();
        Worker.Start();
        Node.Logger.Info(Announcement);
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
        Unload();
        return CallbackReturn.Success;
    }

    /// <inheritdoc/>
    public CallbackReturn OnShutdown(LifecycleState previous)
    {
        Rest();
        Unload();
        _failure = null;
        return CallbackReturn.Success;
    }

    /// <inheritdoc/>
    public CallbackReturn OnError(LifecycleState previous)
    {
        Rest();
        Unload();
        _failure = "Unconfigured after an error; the log says which";
        return CallbackReturn.Success;
    }

    /// <summary>Ends the work with the image at hand.</summary>
    public virtual void Dispose()
    {
        Rest();
        Unload();
        Diagnostics?.Dispose();
        Diagnostics = null;
        Lifecycle.Dispose();
        Parameters.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes an image from the input to the worker: in lock step in order, else in place of one that still waits.</summary>
    protected void Receive(CameraImage image)
    {
        if (Input.IsLockStep)
            Worker.PutInOrder(image);
        else
            Worker.Put(image);
    }

    /// <summary>Waits for what is made of the camera's next image, for <c>input.timeout_seconds</c> at most.</summary>
    /// <exception cref="TimeoutException">No image came.</exception>
    /// <exception cref="InvalidOperationException">None can come.</exception>
    protected Task<T> Next<T>(NextResult<T> result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        ThrowIfNotActive();
        return Input.IsEnabled ? result.Ask(Input.Timeout, cancellationToken)
            : throw new InvalidOperationException("No image is looked at: ~/enable has switched the node off; call it with true.");
    }

    /// <summary>For services that only an active node has an answer for.</summary>
    /// <exception cref="InvalidOperationException">It is not active.</exception>
    protected void ThrowIfNotActive()
    {
        if (Lifecycle.CurrentState != LifecycleState.Active)
            throw new InvalidOperationException($"The node is not active; activate it: ros2 lifecycle set {Node.FullyQualifiedName} activate");
    }

    /// <summary>When an image was taken, in seconds since 1970: a camera that doesn't say when it took its pictures took them just now.</summary>
    protected double SecondsOf(Header header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var stamp = header.Stamp.ToNanoseconds();
        return (stamp != 0 ? stamp : Node.Clock.NowNanoseconds) / 1e9;
    }

    /// <summary>Loads what the node needs. What fails is said in the log, and <see cref="Release"/> called.</summary>
    protected abstract void Load();

    /// <summary>Frees what <see cref="Load"/> has loaded, as far as it came.</summary>
    protected abstract void Release();

    /// <summary>What the node has to say in <c>/diagnostics</c> besides what all have.</summary>
    protected virtual IEnumerable<KeyValue> Describe() => [];

    /// <summary>Stops the images and what works on them.</summary>
    protected virtual void Rest()
    {
        Input.Close();
        Worker.Stop();
    }

    private SetBool.Response Enable(SetBool.Request request)
    {
        Input.IsEnabled = request.Data;
        return new SetBool.Response { Success = true, Message = request.Data ? "images are looked at" : "no image is looked at" };
    }

    private void Unload()
    {
        _enable?.Dispose();
        _enable = null;
        Release();
    }
}

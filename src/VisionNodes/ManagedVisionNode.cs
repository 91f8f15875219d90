using diagnostic_msgs.msg;
using rclcs;

namespace VisionNodes;

/// <summary>
/// A managed node that looks at a camera's images: configure loads what looks at them, activate subscribes to the camera and tells
/// <c>/diagnostics</c>, and the other way round.
/// </summary>
public abstract class ManagedVisionNode : ILifecycleCallbacks, IDisposable
{
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

    /// <summary>What is told of the images; null while the node is not active.</summary>
    protected Diagnostics? Diagnostics { get; private set; }

    /// <summary>What the log says once the node is active.</summary>
    protected abstract string Announcement { get; }

    /// <summary>Configures and activates the node.</summary>
    /// <returns>Whether it is active; if not, the log says why.</returns>
    public bool Start() =>
        Lifecycle.Configure() == LifecycleState.Inactive && Lifecycle.Activate() == LifecycleState.Active;

    /// <inheritdoc/>
    public CallbackReturn OnConfigure(LifecycleState previous)
    {
        try
        {
            Load();
            return CallbackReturn.Success;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or NotInitializedException or OperationCanceledException))
        {
            Release();
            return CallbackReturn.Failure(VisionProgram.Describe(e) ?? e.Message);
        }
    }

    /// <inheritdoc/>
    public CallbackReturn OnActivate(LifecycleState previous)
    {
        Diagnostics = new Diagnostics(Node, Input, Worker, Describe);
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
    public virtual void Dispose()
    {
        Rest();
        Release();
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
        Diagnostics?.Dispose();
        Diagnostics = null;
    }
}

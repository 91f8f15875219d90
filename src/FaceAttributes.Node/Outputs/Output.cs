using rclcs;
using VisionNodes;

namespace FaceAttributes.Node.Outputs;

/// <summary>One or more topics that tell of the faces of each image.</summary>
internal abstract class Output
{
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly LiveParameter<bool>? _enabled;
    private LifecycleNode? _lifecycle;
    private bool _hasTopics;

    /// <summary>An output that is always there.</summary>
    protected Output()
    {
    }

    /// <summary>An output whose topics are there while a parameter of its own is true.</summary>
    /// <param name="parameters">Get the parameter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isEnabled">Its default.</param>
    /// <param name="description">What it is for.</param>
    protected Output(LiveParameters parameters, string name, bool isEnabled, string description)
    {
        _enabled = parameters.Add(name, isEnabled, description);
        parameters.OnChange([name], () => IsEnabled && _lifecycle is not null && OpenTopics() ? new Undo(CloseTopics) : null, _ =>
        {
            if (!IsEnabled)
                CloseTopics();
        });
    }

    /// <summary>All outputs of the node, each of which declares its own parameters, in the order in which they publish: what behaviours wait for before pictures.</summary>
    public static IReadOnlyList<Func<LiveParameters, PrivacySetting, PipelineFactory, Output>> Table { get; } =
    [
        (_, _, _) => new FacesOutput(),
        (parameters, _, _) => new DetectionsOutput(parameters),
        (parameters, _, _) => new HriOutput(parameters),
        (parameters, privacy, _) => new AnnotatedOutput(parameters, privacy),
        (parameters, privacy, _) => new ViewOutput(parameters, privacy),
        (parameters, privacy, factory) => new ExplanationOutput(parameters, privacy, factory),
    ];

    /// <summary>The topics that are always there, as others see them; none while closed.</summary>
    public IEnumerable<string> TopicNames => Topics.Select(topic => topic.Name).Where(name => name.Length > 0);

    /// <summary>Whether anybody listens now.</summary>
    public bool IsWanted => _hasTopics && AreTopicsWanted;

    /// <summary>Its topics.</summary>
    protected abstract IReadOnlyList<OutputTopic> Topics { get; }

    /// <summary>Whether anybody listens to a topic.</summary>
    protected virtual bool AreTopicsWanted
    {
        get
        {
            for (var i = 0; i < Topics.Count; i++)
            {
                if (Topics[i].IsWanted)
                    return true;
            }

            return false;
        }
    }

    private bool IsEnabled => _enabled?.Value ?? true;

    /// <summary>Creates the publishers, if it is enabled.</summary>
    /// <exception cref="RuntimeError">The middleware refuses, or doesn't know the type.</exception>
    public void Open(LifecycleNode lifecycle)
    {
        _lifecycle = lifecycle;
        if (IsEnabled)
            OpenTopics();
    }

    /// <summary>Gives back publishers and memory. May be called twice.</summary>
    public void Close()
    {
        _lifecycle = null;
        CloseTopics();
    }

    /// <summary>Publishes an image's result where somebody listens to it, on the worker's thread.</summary>
    public void Publish(ImageResult result)
    {
        lock (_gate)
        {
            if (IsWanted)
                PublishWanted(result);
            else
                PassOver(result);
        }
    }

    /// <summary>Publishes on the topics that somebody listens to.</summary>
    protected abstract void PublishWanted(ImageResult result);

    /// <summary>An image of which nobody wants to know anything here.</summary>
    protected virtual void PassOver(ImageResult result)
    {
    }

    /// <summary>The publishers are there.</summary>
    protected virtual void OnOpened(LifecycleNode lifecycle)
    {
    }

    /// <summary>The publishers are gone, and memory can go. May be called twice.</summary>
    protected virtual void OnClosed()
    {
    }

    /// <summary>Frees something, again and again, while nobody listens: then no image may come, and nothing else would.</summary>
    /// <param name="free">On any thread; may find nothing to free.</param>
    /// <returns>To be disposed of when the output is closed.</returns>
    protected Timer WhileUnwanted(Action free) => new(_ =>
    {
        if (!IsWanted)
            free();
    }, null, LookPause, LookPause);

    private bool OpenTopics()
    {
        lock (_gate)
        {
            if (_hasTopics)
                return false;
            try
            {
                foreach (var topic in Topics)
                    topic.Open(_lifecycle!);
                OnOpened(_lifecycle!);
                return _hasTopics = true;
            }
            catch
            {
                CloseTopics();
                throw;
            }
        }
    }

    private void CloseTopics()
    {
        lock (_gate)
        {
            _hasTopics = false;
            OnClosed();
            foreach (var topic in Topics)
                topic.Close();
        }
    }

    private sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}

/// <summary>A topic of an output.</summary>
internal abstract class OutputTopic
{
    /// <summary>Its complete name; empty while closed.</summary>
    public abstract string Name { get; }

    /// <summary>Whether somebody listens.</summary>
    public abstract bool IsWanted { get; }

    /// <summary>Creates the publisher.</summary>
    /// <exception cref="RuntimeError">The middleware refuses, or doesn't know the type.</exception>
    public abstract void Open(LifecycleNode lifecycle);

    /// <summary>Disposes of the publisher. May be called twice.</summary>
    public abstract void Close();
}

/// <summary>A topic of one type of message.</summary>
/// <param name="topic">Its name, as for <see cref="INode.CreatePublisher{T}"/>.</param>
/// <param name="qos">How messages are kept and delivered.</param>
internal class OutputTopic<T>(string topic, QosProfile qos) : OutputTopic
    where T : class, rclcs.Serialization.IMessage<T>, new()
{
    private ILifecyclePublisher<T>? _publisher;

    public override string Name => _publisher?.TopicName ?? "";

    public override bool IsWanted => _publisher is { IsActivated: true, SubscriptionCount: > 0 };

    public override void Open(LifecycleNode lifecycle) => _publisher = lifecycle.CreatePublisher<T>(topic, qos);

    public override void Close()
    {
        _publisher?.Dispose();
        _publisher = null;
    }

    /// <summary>Publishes, while it is open.</summary>
    public void Publish(T message) => _publisher!.Publish(message);
}

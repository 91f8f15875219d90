using FaceAttributes.Tracking;
using rclcs;
using std_msgs.msg;
using Vision.Imaging;
using VisionNodes;

namespace FaceAttributes.Node.Outputs;

/// <summary>A topic that tells of the faces of each image.</summary>
internal abstract class Output
{
    /// <summary>All outputs of the node; each declares its own parameters.</summary>
    public static IReadOnlyList<Func<LiveParameters, Output>> Table { get; } =
    [
        _ => new FacesOutput(),
        parameters => new AnnotatedOutput(parameters),
    ];

    /// <summary>The topic, as others see it; empty while closed.</summary>
    public abstract string TopicName { get; }

    /// <summary>Whether anybody listens now.</summary>
    public abstract bool IsWanted { get; }

    /// <summary>Creates the publisher.</summary>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    public abstract void Open(LifecycleNode lifecycle);

    /// <summary>Gives back publisher and memory. May be called twice.</summary>
    public abstract void Close();

    /// <summary>Publishes an image's result, on the worker's thread.</summary>
    /// <param name="frame">The image.</param>
    /// <param name="header">Its header.</param>
    /// <param name="tracks">The faces in it, from left to right.</param>
    /// <param name="lost">Faces that are not in it but may be found again.</param>
    public abstract void Publish(
        ImageFrame frame, Header header, IReadOnlyList<Track> tracks, IReadOnlyList<Track> lost);
}

/// <summary>An output of one type of message.</summary>
internal abstract class Output<T>(string topic, QosProfile qos) : Output
    where T : class, rclcs.Serialization.IMessage<T>, new()
{
    private ILifecyclePublisher<T>? _publisher;

    public override string TopicName => _publisher?.TopicName ?? "";

    public override bool IsWanted => _publisher is { IsActivated: true, SubscriptionCount: > 0 };

    public override void Open(LifecycleNode lifecycle) => _publisher = lifecycle.CreatePublisher<T>(topic, qos);

    public override void Close()
    {
        _publisher?.Dispose();
        _publisher = null;
    }

    public override void Publish(
        ImageFrame frame, Header header, IReadOnlyList<Track> tracks, IReadOnlyList<Track> lost) =>
        _publisher!.Publish(Make(frame, header, tracks, lost));

    /// <summary>The message, valid until the next call.</summary>
    protected abstract T Make(
        ImageFrame frame, Header header, IReadOnlyList<Track> tracks, IReadOnlyList<Track> lost);
}

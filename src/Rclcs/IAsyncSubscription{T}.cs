using rclcs.Serialization;

namespace rclcs;

/// <summary>
/// A subscription to be read by <c>await foreach</c>, on whatever thread that runs. Its node has to spin meanwhile, for
/// example by <see cref="Rclcs.SpinAsync"/>.
/// </summary>
/// <typeparam name="T">Type of the messages.</typeparam>
/// <remarks>
/// <para>Each message belongs to the loop, which disposes it.</para>
/// <para>
/// Messages wait in a queue as long as <see cref="QosProfile.Depth"/>; when it is full, the oldest is dropped. With
/// <see cref="HistoryPolicy.KeepAll"/> it has no end.
/// </para>
/// <para>
/// The loop ends when the subscription is disposed or the context is shut down. A loop that was left can be begun again,
/// and of two loops at once each gets some of the messages.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using var images = node.CreateSubscription&lt;sensor_msgs.msg.Image&gt;("image", QosProfile.SensorData);
/// var spinning = Rclcs.SpinAsync(node, context);
/// await foreach (var image in images.WithCancellation(cancellationToken))
/// {
///     using (image)
///         Show(image.Message.Data.Span);
/// }
/// </code>
/// </example>
public interface IAsyncSubscription<T> : ISubscription<T>, IAsyncEnumerable<ReceivedMessage<T>>
    where T : class, IMessage<T>, new()
{
    /// <summary>How many messages were dropped so far since the queue was full.</summary>
    long DroppedCount { get; }
}

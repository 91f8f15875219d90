using System.Globalization;
using face_attributes.msg;
using FaceAttributes.Drawing;
using OpenCvSharp;
using rclcs;
using rclcs.Serialization;
using Vision.Imaging;
using VisionNodes;

namespace FaceAttributes.Node;

/// <summary>
/// The topics around a <see cref="FacePipeline"/>: <c>image</c> in, <c>~/faces</c> and <c>~/annotated</c> out.
/// </summary>
/// <remarks>
/// The executor's thread receives images and leaves the newest in a queue of one; a thread of the node's own looks at
/// it and publishes. A picture is looked at only while somebody subscribes to a result, and drawn on only while
/// somebody subscribes to <c>~/annotated</c>.
/// </remarks>
internal sealed class FaceAttributesNode : IDisposable
{
    private static readonly TimeSpan WarningPause = TimeSpan.FromSeconds(10);

    private readonly INode _node;
    private readonly FacePipeline _pipeline;
    private readonly LatestValueQueue<ReceivedMessage<sensor_msgs.msg.Image>> _newest = new();
    private readonly ISubscription<sensor_msgs.msg.Image> _image;
    private readonly IPublisher<FaceAttributesArray> _faces;
    private readonly IPublisher<sensor_msgs.msg.Image> _annotated;
    private readonly IDisposable _watch;
    private readonly Thread _worker;

    private readonly ImageFrame _frame = new();
    private readonly FaceMessages _messages = new();
    private readonly FaceAttributesArray _facesMessage = new();
    private readonly Annotator _annotator = new();
    private readonly Mat _picture = new();
    private readonly UnmanagedMemory _pictureMemory = new();
    private readonly sensor_msgs.msg.Image _annotatedMessage = new() { Encoding = "bgr8" };

    private readonly TimeSpan _imageTimeout;
    private long _framesProcessed;
    private long _framesSkipped;
    private long _framesUnwatched;
    private long _lastImage = Environment.TickCount64;

    /// <summary>Starts to receive and to work.</summary>
    /// <param name="node">Outlives this.</param>
    /// <param name="parameters">Of the camera subscription.</param>
    /// <param name="pipeline">Owned by this from now on.</param>
    public FaceAttributesNode(INode node, NodeParameters parameters, FacePipeline pipeline)
    {
        _node = node;
        _pipeline = pipeline;
        _imageTimeout = parameters.ImageTimeout;
        _faces = node.CreatePublisher<FaceAttributesArray>("~/faces");
        _annotated = node.CreatePublisher<sensor_msgs.msg.Image>("~/annotated", QosProfile.Default with { Depth = 1 });
        _worker = new Thread(Work) { Name = "face_attributes" };
        _worker.Start();
        _image = node.CreateOwnedSubscription<sensor_msgs.msg.Image>("image", Receive, parameters.ImageQos);
        _watch = node.CreateWallTimer(_imageTimeout, WarnIfNoImage);
        node.Logger.Info(
            $"Subscribed to {_image.TopicName} ({Describe(parameters.ImageQos)}), publishing {_faces.TopicName} and "
            + $"{_annotated.TopicName}, on {node.Context.MiddlewareDescription}");
    }

    /// <summary>Images that were looked at.</summary>
    public long FramesProcessed => Interlocked.Read(ref _framesProcessed);

    /// <summary>Images that could not be read.</summary>
    public long FramesSkipped => Interlocked.Read(ref _framesSkipped);

    /// <summary>Images that were not looked at because a newer one came.</summary>
    public long FramesDropped => _newest.Dropped;

    /// <summary>Images that were not looked at because nobody subscribed to a result.</summary>
    public long FramesUnwatched => Interlocked.Read(ref _framesUnwatched);

    /// <summary>Subscriptions to a result.</summary>
    public int Listeners => _faces.SubscriptionCount + _annotated.SubscriptionCount;

    /// <summary>Ends the work with the image at hand.</summary>
    public void Dispose()
    {
        _watch.Dispose();
        _image.Dispose();
        _newest.Close();
        _worker.Join();
        _faces.Dispose();
        _annotated.Dispose();
        _pipeline.Dispose();
        _frame.Dispose();
        _picture.Dispose();
    }

    private static string Describe(QosProfile qos) =>
        qos.Reliability == ReliabilityPolicy.BestEffort ? "best effort" : "reliable";

    private void Receive(ReceivedMessage<sensor_msgs.msg.Image> received)
    {
        Interlocked.Exchange(ref _lastImage, Environment.TickCount64);
        _newest.Put(received);
    }

    private void WarnIfNoImage()
    {
        var silence = TimeSpan.FromMilliseconds(Environment.TickCount64 - Interlocked.Read(ref _lastImage));
        if (silence < _imageTimeout)
            return;
        _node.Logger.Warn(string.Create(CultureInfo.InvariantCulture,
            $"No image on {_image.TopicName} for {silence.TotalSeconds:F0} s ({_image.PublisherCount} publishers match): is the camera running, and is its topic remapped to 'image'?"));
    }

    private void Work()
    {
        while (_newest.Take(out var received))
        {
            using (received)
            {
                if (Listeners == 0)
                {
                    Interlocked.Increment(ref _framesUnwatched);
                    continue;
                }
                try
                {
                    Process(received.Message);
                    Interlocked.Increment(ref _framesProcessed);
                }
                catch (ImageException e)
                {
                    Interlocked.Increment(ref _framesSkipped);
                    _node.Logger.WarnThrottle(WarningPause, $"Image on {_image.TopicName} skipped: {e.Message}");
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    // Whatever one image does to OpenCV, to a network or to us, the next one may be fine.
                    Interlocked.Increment(ref _framesSkipped);
                    _node.Logger.ErrorThrottle(WarningPause, $"Image on {_image.TopicName} skipped: {e}");
                }
                finally
                {
                    _frame.Clear();
                }
            }
        }
    }

    private void Process(sensor_msgs.msg.Image image)
    {
        _frame.Set(image);
        var faces = _pipeline.Process(_frame);
        _messages.Fill(faces, image, _facesMessage);
        _faces.Publish(_facesMessage);
        if (_annotated.SubscriptionCount > 0)
            PublishAnnotated(faces, image);
    }

    private void PublishAnnotated(IReadOnlyList<Face> faces, sensor_msgs.msg.Image image)
    {
        _annotator.Draw(_frame, faces, _picture);
        _annotatedMessage.Header = image.Header;
        _annotatedMessage.Height = (uint)_picture.Height;
        _annotatedMessage.Width = (uint)_picture.Width;
        _annotatedMessage.Step = (uint)_picture.Step();
        unsafe
        {
            _pictureMemory.Set((nint)_picture.DataPointer, checked((int)(_picture.Step() * _picture.Height)));
        }
        _annotatedMessage.Data = _pictureMemory.Memory;
        _annotated.Publish(_annotatedMessage);
    }
}

using System.Net.Http.Headers;
using FaceAttributes.Node;
using OpenCvSharp;
using rclcs;
using rclcs.Tests.Support;
using TestSupport;
using Image = sensor_msgs.msg.Image;

namespace FaceViewer.Tests;

/// <summary>
/// A camera, the node and the viewer in one process. The camera shows Eileen Collins' portrait before a grey wall, at another place
/// in each image, which its stamp tells: second n has her moved by <see cref="OffsetOf"/>.
/// </summary>
internal sealed class Robot : IDisposable
{
    private readonly Context _context;
    private readonly INode _cameraNode;
    private readonly INode _viewerNode;
    private readonly IPublisher<Image> _camera;
    private readonly PerceptionClient _perception;
    private readonly ViewerServer _server;
    private readonly List<Task> _spinning = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Mat _portrait = Cv2.ImRead(Photographs.Astronaut);
    private INode? _node;
    private FaceAttributesNode? _faceAttributes;

    public Robot(ViewerOptions options)
    {
        Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        _context = TestDomain.Join("--ros-args", "-r", "image:=/camera/image_raw");
        StartNode();
        _cameraNode = Rclcs.CreateNode("camera", _context);
        _camera = _cameraNode.CreatePublisher<Image>("/camera/image_raw", QosProfile.Default with { Depth = 1 });
        _spinning.Add(Rclcs.SpinAsync(_cameraNode, _context));
        _viewerNode = Rclcs.CreateNode("face_viewer", _context);
        _perception = new PerceptionClient(_viewerNode, options);
        _server = new ViewerServer(options, _perception, _viewerNode.Logger);
        _server.Start();
        _spinning.Add(Rclcs.SpinAsync(_viewerNode, _context));
        var address = new Uri(_server.Address);
        Http = new HttpClient { BaseAddress = new Uri(address.GetLeftPart(UriPartial.Authority)) };
        if (options.Token.Length > 0)
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        Films = Task.Run(Film);
    }

    /// <summary>What a browser opens.</summary>
    public string Address => _server.Address;

    /// <summary>A client of the REST interface that has the token.</summary>
    public HttpClient Http { get; }

    /// <summary>The node that reads faces, to look at from inside.</summary>
    public INode Node => _node!;

    /// <summary>Whether the camera is wanted.</summary>
    public bool IsFilmed => _camera.SubscriptionCount > 0;

    private Task Films { get; }

    /// <summary>How far right the face is in the image of a stamp, in pixels.</summary>
    public static int OffsetOf(int second) => 16 * (second % 8);

    /// <summary>Ends the node and starts it anew.</summary>
    public void RestartNode()
    {
        StopNode();
        StartNode();
    }

    /// <summary>Ends the node.</summary>
    public void StopNode()
    {
        _faceAttributes!.Dispose();
        _node!.Dispose();
    }

    /// <summary>Starts the node.</summary>
    public void StartNode()
    {
        _node = Rclcs.CreateNode("face_attributes", _context);
        _faceAttributes = new FaceAttributesNode(_node);
        Assert.That(_faceAttributes.Start());
        _spinning.Add(Rclcs.SpinAsync(_node, _context));
    }

    public void Dispose()
    {
        _end.Cancel();
        Films.Wait();
        Http.Dispose();
        _server.Dispose();
        _perception.Dispose();
        StopNode();
        _viewerNode.Dispose();
        _cameraNode.Dispose();
        _context.Dispose();
        _portrait.Dispose();
        _end.Dispose();
    }

    /// <summary>Ten images a second, as a camera gives them.</summary>
    private async Task Film()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var picture = new Mat();
        for (var second = 1; !_end.IsCancellationRequested; second++)
        {
            using (var wall = new Mat(480, 640, MatType.CV_8UC3, new Scalar(110, 120, 130)))
            {
                using var face = new Mat(_portrait, new Rect(100, 0, 300, 300));
                using var place = new Mat(wall, new Rect(40 + OffsetOf(second), 60, 300, 300));
                face.CopyTo(place);
                wall.CopyTo(picture);
            }

            picture.GetArray(out Vec3b[] pixels);
            _camera.Publish(new Image
            {
                Header = { Stamp = { Sec = second }, FrameId = "camera" },
                Width = 640,
                Height = 480,
                Step = 1920,
                Encoding = "bgr8",
                Data = System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray(),
            });
            try
            {
                await timer.WaitForNextTickAsync(_end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}

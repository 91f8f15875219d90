using System.Diagnostics;
using OpenCvSharp;
using rclcs;
using ReplayCamera;
using Vision.Imaging;
using VisionNodes;

// Publishes sensor_msgs/Image on image_raw, and JPEGs on image_raw/compressed, from a scene, photographs, a video or a webcam.
// Like a good driver it does nothing while nobody subscribes. Ends with a line "frames_published=N" on standard output.

const string Name = "replay_camera";
const int JpegQuality = 95; // As image_transport takes by itself.
const string Help =
    $"""
    Usage: {Name} [--ros-args -r __ns:=/camera -p NAME:=VALUE …]

    Publishes sensor_msgs/Image on image_raw, and as JPEG on image_raw/compressed, while somebody subscribes, from one of these:

      -p source:=PATH      a photograph, a folder of photographs, a video, or a webcam (/dev/videoN);
                           without it, a scene with four moving faces
      -p width:=640 -p height:=480
                           size of the images in pixels; a video or webcam keeps its own
      -p rate:=0.0         images per second; 0 for the source's own rate
      -p duration:=0.0     seconds after the first image when the camera ends; 0 for never
      -p frame_id:=camera_optical_frame

    Ctrl-C or SIGTERM ends it.
    """;
return VisionProgram.Run(Name, Help, args, Work);

static int Work(Context context)
{
    using var node = Rclcs.CreateNode("replay_camera", context);
    var parameters = CameraParameters.Declare(node);
    OpenCv.Silence();
    using var source = FrameSources.Open(parameters.Source, text => node.Logger.Warn(text));
    Console.WriteLine($"frames_published={Replay(node, context, source, parameters)}");
    return 0;
}

static long Replay(INode node, Context context, IFrameSource source, CameraParameters parameters)
{
    var idle = TimeSpan.FromSeconds(0.1);
    using var publisher = node.CreatePublisher<sensor_msgs.msg.Image>("image_raw");
    using var compressed = node.CreatePublisher<sensor_msgs.msg.CompressedImage>("image_raw/compressed");
    using var frame = new Mat(parameters.Height, parameters.Width, MatType.CV_8UC3);
    using var image = new PictureMessage();
    using var jpeg = new JpegMessage();
    image.Message.Header.FrameId = jpeg.Message.Header.FrameId = parameters.FrameId;

    var rate = parameters.Rate > 0 ? parameters.Rate : source.Rate;
    var pace = new Pace(rate, TimeProvider.System);
    var sinceFirst = new Stopwatch();
    long published = 0;
    node.Logger.Info($"Publishing {publisher.TopicName} as soon as somebody subscribes");
    while (Rclcs.Ok(context))
    {
        if (parameters.Duration > 0 && sinceFirst.Elapsed.TotalSeconds >= parameters.Duration)
            break;

        // Spinning serves the executor until the next image is due, and once where it is due already.
        var wait = publisher.SubscriptionCount + compressed.SubscriptionCount == 0 ? idle : pace.Left;
        Rclcs.SpinOnce(node, context, Math.Max(0, wait.TotalSeconds));
        if (wait > TimeSpan.Zero)
            continue;

        sinceFirst.Start();
        pace.Step();
        source.Read(rate > 0 ? published / rate : sinceFirst.Elapsed.TotalSeconds, frame);
        // A camera that compresses hands over what it has compressed already.
        var isCompressedWanted = compressed.SubscriptionCount > 0;
        if (isCompressedWanted)
            jpeg.Show(frame, JpegQuality);
        image.Message.Header.Stamp = jpeg.Message.Header.Stamp = node.Clock.Now;
        if (publisher.SubscriptionCount > 0)
            publisher.Publish(image.Show(frame));
        if (isCompressedWanted)
            compressed.Publish(jpeg.Message);
        published++;
    }

    return published;
}

using System.Diagnostics;
using FaceAttributes.Shared;
using OpenCvSharp;
using rclcs;
using ReplayCamera;
using VisionNodes;

// Publishes sensor_msgs/Image on image_raw from a scene, photographs, a video or a webcam. Like a good driver it does
// nothing while nobody subscribes. Ends with a line "frames_published=N" on standard output.

return Rclcs.Run("replay_camera", args, Work, Describe);

static int Work(Context context)
{
    using var node = Rclcs.CreateNode("replay_camera", context);
    var parameters = CameraParameters.Declare(node);
    using var source = FrameSources.Open(parameters.Source);
    Console.WriteLine($"frames_published={Replay(node, context, source, parameters)}");
    return 0;
}

static string? Describe(Exception error) =>
    OpenCvLibrary.DescribeMissing(error) ?? (error is FrameSourceException ? error.Message : null);

static long Replay(INode node, Context context, IFrameSource source, CameraParameters parameters)
{
    using var publisher = node.CreatePublisher<sensor_msgs.msg.Image>("image_raw");
    using var frame = new Mat(parameters.Height, parameters.Width, MatType.CV_8UC3);
    using var image = new PictureMessage();
    image.Message.Header.FrameId = parameters.FrameId;

    var rate = parameters.Rate > 0 ? parameters.Rate : source.Rate;
    var clock = new Stopwatch();
    long published = 0;
    node.Logger.Info($"Publishing {publisher.TopicName} as soon as somebody subscribes");
    while (Rclcs.Ok(context))
    {
        // Spinning serves the executor until the next image is due.
        var due = publisher.SubscriptionCount == 0 ? 0.1
            : rate > 0 ? published / rate - clock.Elapsed.TotalSeconds
            : 0;
        if (due > 0)
        {
            Rclcs.SpinOnce(node, context, due);
            continue;
        }
        clock.Start();
        if (parameters.Duration > 0 && clock.Elapsed.TotalSeconds >= parameters.Duration)
            break;
        if (!source.Read(rate > 0 ? published / rate : clock.Elapsed.TotalSeconds, frame))
        {
            node.Logger.Error($"The source '{parameters.Source}' gives no more images; is the camera still plugged in?");
            break;
        }
        image.Message.Header.Stamp = node.Clock.Now;
        publisher.Publish(image.Show(frame));
        published++;
    }
    return published;
}

using System.Diagnostics;
using FaceAttributes.Shared;
using OpenCvSharp;
using rclcs;
using rclcs.Serialization;
using ReplayCamera;

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
    using var pixels = new UnmanagedMemory();
    var image = new sensor_msgs.msg.Image { Encoding = "bgr8" };
    image.Header.FrameId = parameters.FrameId;

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
        image.Height = (uint)frame.Height;
        image.Width = (uint)frame.Width;
        image.Step = (uint)frame.Step();
        unsafe
        {
            pixels.Set((nint)frame.DataPointer, checked((int)(frame.Step() * frame.Height)));
        }
        image.Data = pixels.Memory;
        image.Header.Stamp = node.Clock.Now;
        publisher.Publish(image);
        published++;
    }
    return published;
}

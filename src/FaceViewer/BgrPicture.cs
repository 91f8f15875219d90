using OpenCvSharp;
using rclcs.Serialization;
using Vision.Imaging;
using Image = sensor_msgs.msg.Image;

namespace FaceViewer;

/// <summary>Pictures of blue, green and red bytes, to and from messages.</summary>
internal static class BgrPicture
{
    /// <summary>A copy of a message's pixels, the caller's.</summary>
    /// <exception cref="ImageException">The message is no such picture, or has too few bytes.</exception>
    public static Mat Of(Image image)
    {
        using var frame = new ImageFrame();
        VisionNodes.ImageMessages.Set(frame, image);
        var picture = new Mat();
        frame.CopyBgrTo(picture);
        return picture;
    }

    /// <summary>A message that shows a picture's pixels as long as both are there.</summary>
    /// <param name="picture">Blue-green-red (CV_8UC3), and no part of a larger one.</param>
    /// <param name="memory">The message's view of the pixels.</param>
    public static unsafe Image Message(Mat picture, UnmanagedMemory memory)
    {
        memory.Set((nint)picture.DataPointer, checked((int)(picture.Step() * picture.Height)));
        return new Image
        {
            Width = (uint)picture.Width,
            Height = (uint)picture.Height,
            Step = (uint)picture.Step(),
            Encoding = "bgr8",
            Data = memory.Memory,
        };
    }
}

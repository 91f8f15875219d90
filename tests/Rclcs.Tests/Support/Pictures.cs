namespace rclcs.Tests.Support;

/// <summary>Camera images with random pixels.</summary>
internal static class Pictures
{
    public const int Bytes = 640 * 480 * 3;

    public static sensor_msgs.msg.Image Create(int seed)
    {
        var pixels = new byte[Bytes];
        new Random(seed).NextBytes(pixels);
        var image = new sensor_msgs.msg.Image
        {
            Height = 480,
            Width = 640,
            Step = 640 * 3,
            Encoding = "bgr8",
            Data = pixels,
        };
        image.Header.FrameId = "camera_optical_frame";
        image.Header.Stamp.Sec = seed;
        return image;
    }
}

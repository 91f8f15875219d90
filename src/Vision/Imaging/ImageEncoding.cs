namespace Vision.Imaging;

/// <summary>How the pixels of a camera's buffer are laid out.</summary>
/// <remarks>Names follow ROS's sensor_msgs/image_encodings; <see cref="ImageEncodings"/> maps them.</remarks>
public enum ImageEncoding
{
    /// <summary>Red, green, blue; one byte each.</summary>
    Rgb8,

    /// <summary>Blue, green, red; one byte each.</summary>
    Bgr8,

    /// <summary>Red, green, blue, alpha; one byte each. Alpha is ignored.</summary>
    Rgba8,

    /// <summary>Blue, green, red, alpha; one byte each. Alpha is ignored.</summary>
    Bgra8,

    /// <summary>Grey, one byte.</summary>
    Mono8,

    /// <summary>Grey, 16 bits in the byte order of the message; 65535 is white.</summary>
    Mono16,

    /// <summary>YUV 4:2:2 packed as U Y V Y, BT.601 with luma from 16 to 235. ROS: <c>yuv422</c>, <c>uyvy</c>.</summary>
    Uyvy,

    /// <summary>YUV 4:2:2 packed as Y U Y V, BT.601 with luma from 16 to 235. ROS: <c>yuv422_yuy2</c>, <c>yuyv</c>.</summary>
    Yuyv,

    /// <summary>YUV 4:2:0: a plane of luma, then one of interleaved U V at half the resolution, both with the same step.</summary>
    Nv12,

    /// <summary>YUV 4:2:0 as <see cref="Nv12"/>, chroma interleaved as V U.</summary>
    Nv21,

    /// <summary>Bayer mosaic whose first row starts with red, green.</summary>
    BayerRggb8,

    /// <summary>Bayer mosaic whose first row starts with blue, green.</summary>
    BayerBggr8,

    /// <summary>Bayer mosaic whose first row starts with green, blue.</summary>
    BayerGbrg8,

    /// <summary>Bayer mosaic whose first row starts with green, red.</summary>
    BayerGrbg8,
}

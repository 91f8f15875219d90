namespace Vision.Imaging;

/// <summary>The encodings' names in ROS, and what they ask of a buffer.</summary>
public static class ImageEncodings
{
    /// <summary>All names that <see cref="Parse"/> accepts, for messages to people.</summary>
    public const string Supported =
        "rgb8, bgr8, rgba8, bgra8, mono8, mono16, yuv422, uyvy, yuv422_yuy2, yuyv, nv12, nv21, " +
        "bayer_rggb8, bayer_bggr8, bayer_gbrg8, bayer_grbg8";

    /// <summary>Finds the encoding of a ROS name.</summary>
    /// <param name="name">As in <c>sensor_msgs/Image.encoding</c>.</param>
    /// <exception cref="ImageException">The name is none of <see cref="Supported"/>.</exception>
    public static ImageEncoding Parse(string name) => name switch
    {
        "rgb8" => ImageEncoding.Rgb8,
        "bgr8" => ImageEncoding.Bgr8,
        "rgba8" => ImageEncoding.Rgba8,
        "bgra8" => ImageEncoding.Bgra8,
        "mono8" => ImageEncoding.Mono8,
        "mono16" => ImageEncoding.Mono16,
        "yuv422" or "uyvy" => ImageEncoding.Uyvy,
        "yuv422_yuy2" or "yuyv" => ImageEncoding.Yuyv,
        "nv12" => ImageEncoding.Nv12,
        "nv21" => ImageEncoding.Nv21,
        "bayer_rggb8" => ImageEncoding.BayerRggb8,
        "bayer_bggr8" => ImageEncoding.BayerBggr8,
        "bayer_gbrg8" => ImageEncoding.BayerGbrg8,
        "bayer_grbg8" => ImageEncoding.BayerGrbg8,
        _ => throw new ImageException($"Image encoding '{name}' is not supported; supported are {Supported}."),
    };

    /// <summary>Bytes of one pixel in the buffer's first plane.</summary>
    internal static int BytesPerPixel(this ImageEncoding encoding) => encoding switch
    {
        ImageEncoding.Rgb8 or ImageEncoding.Bgr8 => 3,
        ImageEncoding.Rgba8 or ImageEncoding.Bgra8 => 4,
        ImageEncoding.Mono16 or ImageEncoding.Uyvy or ImageEncoding.Yuyv => 2,
        _ => 1,
    };

    /// <summary>Whether two neighbours in a row share their chroma, so that the width is even.</summary>
    internal static bool NeedsEvenWidth(this ImageEncoding encoding) =>
        encoding is ImageEncoding.Uyvy or ImageEncoding.Yuyv || encoding.NeedsEvenHeight();

    /// <summary>Whether two rows share their chroma, so that the height is even.</summary>
    internal static bool NeedsEvenHeight(this ImageEncoding encoding) =>
        encoding is ImageEncoding.Nv12 or ImageEncoding.Nv21;

    /// <summary>Rows in the buffer for <paramref name="height"/> rows of picture.</summary>
    internal static int BufferRows(this ImageEncoding encoding, int height) =>
        encoding.NeedsEvenHeight() ? height + height / 2 : height;
}

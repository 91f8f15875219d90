using OpenCvSharp;
using static OpenCvSharp.ColorConversionCodes;

namespace Vision.Imaging;

/// <summary>
/// How the pixels of a camera's buffer are laid out, and how they become grey and blue-green-red. The instances are
/// the rows of one table: an encoding is supported once it is a row here.
/// </summary>
/// <remarks>Names follow ROS's sensor_msgs/image_encodings. YUV is BT.601 with luma from 16 to 235.</remarks>
public sealed class ImageEncoding
{
    /// <summary>Blue, green, red; one byte each.</summary>
    public static readonly ImageEncoding Bgr8 = Copied("bgr8, 8UC3", MatType.CV_8UC3, BGR2GRAY, null);

    /// <summary>Red, green, blue; one byte each.</summary>
    public static readonly ImageEncoding Rgb8 = Copied("rgb8", MatType.CV_8UC3, RGB2GRAY, RGB2BGR);

    /// <summary>Grey, one byte.</summary>
    public static readonly ImageEncoding Mono8 = Copied("mono8, 8UC1", MatType.CV_8UC1, null, GRAY2BGR);

    /// <summary>Grey, two bytes, of which a camera may use 10, 12 or 14 bits.</summary>
    public static readonly ImageEncoding Mono16 = new("mono16, 16UC1", MatType.CV_16UC1, PixelConversion.Mono16ToGray, PixelConversion.Mono16ToBgr);

    // OpenCV names a mosaic by its second row's second and third pixel, ROS by the first row's first two.
    private static readonly ImageEncoding[] Table =
    [
        Rgb8,
        Bgr8,
        Copied("rgba8", MatType.CV_8UC4, RGBA2GRAY, RGBA2BGR),
        Copied("bgra8", MatType.CV_8UC4, BGRA2GRAY, BGRA2BGR),
        Mono8,
        Mono16,
        Yuv("yuv422, uyvy", MatType.CV_8UC2, firstLuma: 1, YUV2BGR_UYVY),
        Yuv("yuv422_yuy2, yuyv", MatType.CV_8UC2, firstLuma: 0, YUV2BGR_YUYV),
        Yuv("nv12", MatType.CV_8UC1, firstLuma: 0, YUV2BGR_NV12),
        Yuv("nv21", MatType.CV_8UC1, firstLuma: 0, YUV2BGR_NV21),
        Bayer("bayer_rggb8", BayerBG2GRAY, BayerBG2BGR),
        Bayer("bayer_bggr8", BayerRG2GRAY, BayerRG2BGR),
        Bayer("bayer_gbrg8", BayerGR2GRAY, BayerGR2BGR),
        Bayer("bayer_grbg8", BayerGB2GRAY, BayerGB2BGR),
    ];

    private static readonly Dictionary<string, ImageEncoding>.AlternateLookup<ReadOnlySpan<char>> ByName =
        Table.SelectMany(row => row.Names.Select(name => (name, row))).ToDictionary(pair => pair.name, pair => pair.row)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private ImageEncoding(string names, MatType type, PixelConverter toGray, PixelConverter toBgr)
    {
        Names = names.Split(", ");
        (Type, ToGray, ToBgr) = (type, toGray, toBgr);
    }

    /// <summary>All names of all encodings, for messages to people.</summary>
    public static string Supported { get; } = string.Join(", ", Table.SelectMany(row => row.Names));

    /// <summary>ROS's names of the encoding; the first is the one that messages use.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>OpenCV's type of the buffer's first plane.</summary>
    internal MatType Type { get; }

    /// <summary>Bytes of one pixel in the buffer's first plane.</summary>
    internal int BytesPerPixel => Type.Channels * (Type.Depth == MatType.CV_16U ? 2 : 1);

    /// <summary>Whether two neighbours in a row share their chroma, so that the width is even.</summary>
    internal bool PairsColumns { get; private init; }

    /// <summary>Whether two rows share their chroma, in a plane of half the height below the first; the height is even.</summary>
    internal bool PairsRows { get; private init; }

    /// <summary>Whether the pixels are one colour each, behind a mosaic of filters.</summary>
    internal bool IsMosaic { get; private init; }

    /// <summary>Writes the grey picture; the destination becomes Height × Width CV_8UC1.</summary>
    internal PixelConverter ToGray { get; }

    /// <summary>Writes the colour picture; the destination becomes Height × Width CV_8UC3.</summary>
    internal PixelConverter ToBgr { get; }

    /// <summary>Finds the encoding of a ROS name.</summary>
    /// <param name="name">As in <c>sensor_msgs/Image.encoding</c>.</param>
    /// <exception cref="ImageException">The name is none of <see cref="Supported"/>.</exception>
    public static ImageEncoding Parse(string name) => Find(name) ?? throw new ImageException(
        $"Image encoding '{ForeignText.Show(name)}' is not supported; supported are {Supported}.");

    /// <summary>Finds the encoding of a ROS name; null if there is none.</summary>
    internal static ImageEncoding? Find(ReadOnlySpan<char> name) => ByName.TryGetValue(name, out var row) ? row : null;

    /// <summary>The encoding's first name.</summary>
    public override string ToString() => Names[0];

    /// <summary>Rows in the buffer for <paramref name="height"/> rows of picture.</summary>
    internal int BufferRows(int height) => PairsRows ? height + height / 2 : height;

    private static ImageEncoding Copied(
        string names, MatType type, ColorConversionCodes? toGray, ColorConversionCodes? toBgr) =>
        new(names, type, PixelConversion.By(toGray), PixelConversion.By(toBgr));

    private static ImageEncoding Yuv(string names, MatType type, int firstLuma, ColorConversionCodes toBgr) =>
        new(names, type, PixelConversion.LumaToGray(firstLuma, type.Channels), PixelConversion.By(toBgr))
        {
            PairsColumns = true,
            PairsRows = type == MatType.CV_8UC1,
        };

    private static ImageEncoding Bayer(string name, ColorConversionCodes toGray, ColorConversionCodes toBgr) =>
        new(name, MatType.CV_8UC1, PixelConversion.By(toGray), PixelConversion.By(toBgr)) { IsMosaic = true };
}

using System.Buffers.Binary;
using OpenCvSharp;

namespace Vision.Imaging;

/// <summary>From any camera encoding to grey and to blue-green-red.</summary>
internal static unsafe class PixelConversion
{
    /// <summary>
    /// Luma 16…235 of video onto grey 0…255: the BT.601 expansion that OpenCV's conversion to colour uses too, so
    /// that grey looks alike from every encoding.
    /// </summary>
    private static readonly byte[] LumaToGray =
        [.. Enumerable.Range(0, 256).Select(y => (byte)Math.Clamp(Math.Round((y - 16) * 255 / 219.0), 0, 255))];

    /// <summary>Writes the grey picture; <paramref name="destination"/> becomes Height × Width CV_8UC1.</summary>
    public static void ToGray(PixelBuffer source, Mat destination)
    {
        switch (source.Encoding)
        {
            case ImageEncoding.Rgb8:
                Convert(source, MatType.CV_8UC3, destination, ColorConversionCodes.RGB2GRAY);
                break;
            case ImageEncoding.Bgr8:
                Convert(source, MatType.CV_8UC3, destination, ColorConversionCodes.BGR2GRAY);
                break;
            case ImageEncoding.Rgba8:
                Convert(source, MatType.CV_8UC4, destination, ColorConversionCodes.RGBA2GRAY);
                break;
            case ImageEncoding.Bgra8:
                Convert(source, MatType.CV_8UC4, destination, ColorConversionCodes.BGRA2GRAY);
                break;
            case ImageEncoding.Mono8:
                Copy(source, destination, MatType.CV_8UC1);
                break;
            case ImageEncoding.Mono16:
                FromMono16(source, destination);
                break;
            case ImageEncoding.Uyvy:
                FromLuma(source, destination, first: 1, stride: 2);
                break;
            case ImageEncoding.Yuyv:
                FromLuma(source, destination, first: 0, stride: 2);
                break;
            case ImageEncoding.Nv12 or ImageEncoding.Nv21:
                FromLuma(source, destination, first: 0, stride: 1);
                break;
            default:
                Convert(source, MatType.CV_8UC1, destination, BayerToGray(source.Encoding));
                break;
        }
    }

    /// <summary>Writes the colour picture; <paramref name="destination"/> becomes Height × Width CV_8UC3.</summary>
    public static void ToBgr(PixelBuffer source, Mat destination)
    {
        switch (source.Encoding)
        {
            case ImageEncoding.Rgb8:
                Convert(source, MatType.CV_8UC3, destination, ColorConversionCodes.RGB2BGR);
                break;
            case ImageEncoding.Bgr8:
                Copy(source, destination, MatType.CV_8UC3);
                break;
            case ImageEncoding.Rgba8:
                Convert(source, MatType.CV_8UC4, destination, ColorConversionCodes.RGBA2BGR);
                break;
            case ImageEncoding.Bgra8:
                Convert(source, MatType.CV_8UC4, destination, ColorConversionCodes.BGRA2BGR);
                break;
            case ImageEncoding.Mono8:
                Convert(source, MatType.CV_8UC1, destination, ColorConversionCodes.GRAY2BGR);
                break;
            case ImageEncoding.Mono16:
                FromMono16InColor(source, destination);
                break;
            case ImageEncoding.Uyvy:
                Convert(source, MatType.CV_8UC2, destination, ColorConversionCodes.YUV2BGR_UYVY);
                break;
            case ImageEncoding.Yuyv:
                Convert(source, MatType.CV_8UC2, destination, ColorConversionCodes.YUV2BGR_YUYV);
                break;
            case ImageEncoding.Nv12:
                Convert(source, MatType.CV_8UC1, destination, ColorConversionCodes.YUV2BGR_NV12);
                break;
            case ImageEncoding.Nv21:
                Convert(source, MatType.CV_8UC1, destination, ColorConversionCodes.YUV2BGR_NV21);
                break;
            default:
                Convert(source, MatType.CV_8UC1, destination, BayerToBgr(source.Encoding));
                break;
        }
    }

    // OpenCV names a mosaic by its second row's second and third pixel, ROS by the first row's first two.
    private static ColorConversionCodes BayerToGray(ImageEncoding encoding) => encoding switch
    {
        ImageEncoding.BayerRggb8 => ColorConversionCodes.BayerBG2GRAY,
        ImageEncoding.BayerBggr8 => ColorConversionCodes.BayerRG2GRAY,
        ImageEncoding.BayerGbrg8 => ColorConversionCodes.BayerGR2GRAY,
        _ => ColorConversionCodes.BayerGB2GRAY,
    };

    private static ColorConversionCodes BayerToBgr(ImageEncoding encoding) => encoding switch
    {
        ImageEncoding.BayerRggb8 => ColorConversionCodes.BayerBG2BGR,
        ImageEncoding.BayerBggr8 => ColorConversionCodes.BayerRG2BGR,
        ImageEncoding.BayerGbrg8 => ColorConversionCodes.BayerGR2BGR,
        _ => ColorConversionCodes.BayerGB2BGR,
    };

    private static void Convert(PixelBuffer source, MatType type, Mat destination, ColorConversionCodes code)
    {
        using var header = new NativeMat(
            source.Pointer, source.Encoding.BufferRows(source.Height), source.Width, type, source.Step);
        OpenCv.CvtColor(header.Pointer, destination, code);
    }

    private static void Copy(PixelBuffer source, Mat destination, MatType type)
    {
        destination.Create(source.Height, source.Width, type);
        for (var y = 0; y < source.Height; y++)
            source.Row(y).CopyTo(Row(destination, y, source.Row(y).Length));
    }

    private static void FromLuma(PixelBuffer source, Mat destination, int first, int stride)
    {
        destination.Create(source.Height, source.Width, MatType.CV_8UC1);
        for (var y = 0; y < source.Height; y++)
        {
            var luma = source.Row(y);
            var gray = Row(destination, y, source.Width);
            for (var x = 0; x < gray.Length; x++)
                gray[x] = LumaToGray[luma[first + x * stride]];
        }
    }

    private static void FromMono16(PixelBuffer source, Mat destination)
    {
        destination.Create(source.Height, source.Width, MatType.CV_8UC1);
        for (var y = 0; y < source.Height; y++)
        {
            var row = source.Row(y);
            var gray = Row(destination, y, source.Width);
            for (var x = 0; x < gray.Length; x++)
                gray[x] = Mono16ToGray(row.Slice(2 * x, 2), source.IsBigEndian);
        }
    }

    private static void FromMono16InColor(PixelBuffer source, Mat destination)
    {
        destination.Create(source.Height, source.Width, MatType.CV_8UC3);
        for (var y = 0; y < source.Height; y++)
        {
            var row = source.Row(y);
            var bgr = Row(destination, y, 3 * source.Width);
            for (var x = 0; x < source.Width; x++)
                bgr.Slice(3 * x, 3).Fill(Mono16ToGray(row.Slice(2 * x, 2), source.IsBigEndian));
        }
    }

    // 65535 = 255 * 257
    private static byte Mono16ToGray(ReadOnlySpan<byte> pixel, bool isBigEndian)
    {
        var value = isBigEndian
            ? BinaryPrimitives.ReadUInt16BigEndian(pixel)
            : BinaryPrimitives.ReadUInt16LittleEndian(pixel);
        return (byte)((value + 128) / 257);
    }

    private static Span<byte> Row(Mat mat, int y, int length) => new((byte*)mat.Ptr(y), length);
}

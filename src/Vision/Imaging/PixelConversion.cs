using System.Buffers.Binary;
using OpenCvSharp;

namespace Vision.Imaging;

/// <summary>From a camera's pixels to a picture, whose size and type it sets.</summary>
internal delegate void PixelConverter(in PixelBuffer source, Mat destination);

/// <summary>A camera's pixels, checked: every row lies in memory that may be read.</summary>
internal readonly record struct PixelBuffer(
    nint Pixels, int Width, int Height, int Step, ImageEncoding Encoding, bool IsBigEndian)
{
    /// <summary>Of 16-bit pixels, what becomes white.</summary>
    public uint White { get; init; } = ushort.MaxValue;

    /// <summary>The bytes of one row of the first plane, without padding.</summary>
    public unsafe ReadOnlySpan<byte> Row(int y) =>
        new((byte*)Pixels + (long)y * Step, Width * Encoding.BytesPerPixel);
}

/// <summary>What the rows of <see cref="ImageEncoding"/> convert with.</summary>
internal static unsafe class PixelConversion
{
    /// <summary>
    /// Luma 16…235 of video onto grey 0…255: the BT.601 expansion that OpenCV's conversion to colour uses too, so
    /// that grey looks alike from every encoding.
    /// </summary>
    private static readonly byte[] GrayOfLuma =
        [.. Enumerable.Range(0, 256).Select(y => (byte)Math.Clamp(Math.Round((y - 16) * 255 / 219.0), 0, 255))];

    /// <summary>OpenCV's conversion; null copies.</summary>
    public static PixelConverter By(ColorConversionCodes? code) => (in PixelBuffer source, Mat destination) =>
    {
        using var header = new NativeMat(source.Pixels, source.Encoding.BufferRows(source.Height), source.Width,
            source.Encoding.Type, source.Step);
        if (code is { } conversion)
            OpenCv.CvtColor(header.Pointer, destination, conversion);
        else
            OpenCv.Copy(header.Pointer, destination);
    };

    /// <summary>The luma of a row, from its first byte on every so many bytes.</summary>
    public static PixelConverter LumaToGray(int first, int stride) => (in PixelBuffer source, Mat destination) =>
    {
        destination.Create(source.Height, source.Width, MatType.CV_8UC1);
        for (var y = 0; y < source.Height; y++)
        {
            var luma = source.Row(y);
            var gray = Row(destination, y, source.Width);
            for (var x = 0; x < gray.Length; x++)
                gray[x] = GrayOfLuma[luma[first + x * stride]];
        }
    };

    /// <summary>
    /// The upper eight bits, rounded, of those that the picture uses: cameras send 10, 12 or 14 bits in the lower part of 16.
    /// </summary>
    public static void Mono16ToGray(in PixelBuffer source, Mat destination) => FromMono16(source, destination, channels: 1);

    /// <summary>The same, three times.</summary>
    public static void Mono16ToBgr(in PixelBuffer source, Mat destination) => FromMono16(source, destination, channels: 3);

    private static void FromMono16(in PixelBuffer source, Mat destination, int channels)
    {
        destination.Create(source.Height, source.Width, MatType.CV_8UC(channels));
        var white = source.White;
        for (var y = 0; y < source.Height; y++)
        {
            var row = source.Row(y);
            var picture = Row(destination, y, channels * source.Width);
            for (var x = 0; x < source.Width; x++)
            {
                var value = (Read16(row, x, source.IsBigEndian) * 255u + white / 2) / white;
                picture.Slice(channels * x, channels).Fill((byte)value);
            }
        }
    }

    /// <summary>The largest value of 10, 12, 14 or 16 bits, whichever is enough for the picture.</summary>
    public static uint FindWhite(in PixelBuffer source)
    {
        uint brightest = 0;
        for (var y = 0; y < source.Height; y++)
        {
            var row = source.Row(y);
            for (var x = 0; x < source.Width; x++)
                brightest = Math.Max(brightest, Read16(row, x, source.IsBigEndian));
        }

        return WhiteOf(brightest);
    }

    /// <summary>The largest value of 10, 12, 14 or 16 bits, whichever is enough for this one.</summary>
    public static uint WhiteOf(uint brightest) => brightest switch
    {
        < 1 << 10 => (1 << 10) - 1,
        < 1 << 12 => (1 << 12) - 1,
        < 1 << 14 => (1 << 14) - 1,
        _ => ushort.MaxValue,
    };

    private static uint Read16(ReadOnlySpan<byte> row, int x, bool isBigEndian)
    {
        var pixel = row.Slice(2 * x, 2);
        return isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(pixel) : BinaryPrimitives.ReadUInt16LittleEndian(pixel);
    }

    private static Span<byte> Row(Mat mat, int y, int length) => new((byte*)mat.Ptr(y), length);
}

using System.Buffers.Binary;

namespace Vision.Imaging;

/// <summary>What the head of a JPEG or PNG says of the picture, read before anything is decoded or allocated.</summary>
internal readonly record struct CompressedHeader(string Format, int Width, int Height, bool IsGray)
{
    /// <summary>Width times height that is decoded at most: a small message can promise a picture of gigabytes.</summary>
    public const int MaxPixels = 1 << 26;

    // Deflate makes at most 1032 bytes of one (RFC 1951: 258 of two bits), and a pixel has at least one bit. JPEG needs at least
    // one bit for a block of 8 by 8 pixels; twice that is allowed.
    private const int MaxPixelsPerBytePng = 1032 * 8;
    private const int MaxPixelsPerByteJpeg = 2 * 8 * 64;

    // Progressive pictures of cameras and programs have about ten. One of thousands takes minutes to decode.
    private const int MaxScans = 64;

    /// <summary>
    /// Reads it. What would let OpenCV work for long or ask for much memory is refused: a PNG with a chunk that is longer than the
    /// file (4.13 asks for so much at once), a JPEG of very many scans, and more pixels than the bytes can have. So is a file that
    /// does not go to its end, which OpenCV would not take either.
    /// </summary>
    /// <exception cref="ImageException">It is neither, it is damaged, or the picture is too large.</exception>
    public static CompressedHeader Read(ReadOnlySpan<byte> data, string format)
    {
        var header = data.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? ReadPng(data)
            : data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ReadJpeg(data)
            : throw new ImageException(
                $"Compressed image of format '{ForeignText.Show(format)}' with {data.Length} bytes is neither JPEG nor PNG; no other is supported.");
        if (header.Width < 1 || header.Height < 1 || header.Width > ImageFrame.MaxSide || header.Height > ImageFrame.MaxSide
            || (long)header.Width * header.Height > MaxPixels)
        {
            throw new ImageException(
                $"{header.Format} size {(uint)header.Width}x{(uint)header.Height} is not possible; width and height are from 1 to {ImageFrame.MaxSide} pixels, {MaxPixels} in all.");
        }

        var most = data.Length * (long)(header.Format == "PNG" ? MaxPixelsPerBytePng : MaxPixelsPerByteJpeg);
        if ((long)header.Width * header.Height > most)
        {
            throw new ImageException(
                $"{header.Format} of {data.Length} bytes says that it has {header.Width}x{header.Height} pixels, which is impossible; it is cut or damaged.");
        }

        if (header.Format == "PNG" ? !IsPngComplete(data) : !IsJpegComplete(data))
            throw new ImageException($"{header.Format} of {header.Width}x{header.Height} pixels and {data.Length} bytes is damaged.");
        return header;
    }

    // Chunks: length, name, that many bytes, check sum; the last one is IEND (PNG, 5.3). All are whole.
    private static bool IsPngComplete(ReadOnlySpan<byte> data)
    {
        var (at, hasPixels) = (8L, false);
        while (at + 12 <= data.Length)
        {
            var chunk = data[(int)at..];
            at += 12 + BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (at > data.Length)
                return false;
            if (chunk[4..].StartsWith("IEND"u8))
                return hasPixels;
            hasPixels |= chunk[4..].StartsWith("IDAT"u8);
        }

        return false;
    }

    // Segments, and after each start of scan its data, in which 0xFF is followed by 0 or a restart marker, until the next segment;
    // the last one is EOI (ITU-T T.81, B.1.1).
    private static bool IsJpegComplete(ReadOnlySpan<byte> data)
    {
        const byte startOfScan = 0xDA, endOfImage = 0xD9;
        var (at, scans) = (2, 0);
        while (at + 2 <= data.Length)
        {
            if (data[at] != 0xFF)
                return false;
            var marker = data[at + 1];
            if (marker == endOfImage)
                return scans > 0;
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += 2;
                continue;
            }

            if (at + 4 > data.Length)
                return false;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]);
            if (marker != startOfScan)
                continue;
            if (++scans > MaxScans)
                return false;
            while (at + 1 < data.Length && (data[at] != 0xFF || data[at + 1] is 0 or (>= 0xD0 and <= 0xD7)))
            {
                var next = data[(at + 1)..].IndexOf((byte)0xFF);
                if (next < 0)
                    return false;
                at += 1 + next;
            }
        }

        return false;
    }

    // Signature (8), then the chunk IHDR: length, name, width, height, bits, colour type (0 and 4 are grey).
    private static CompressedHeader ReadPng(ReadOnlySpan<byte> data)
    {
        const int headerLength = 13;
        if (data.Length < 33 || BinaryPrimitives.ReadInt32BigEndian(data[8..]) != headerLength || !data[12..].StartsWith("IHDR"u8))
            throw Damaged("PNG");
        return new CompressedHeader("PNG", BinaryPrimitives.ReadInt32BigEndian(data[16..]),
            BinaryPrimitives.ReadInt32BigEndian(data[20..]), IsGray: data[25] is 0 or 4);
    }

    // Segments: 0xFF, marker, length; start of frame: bits, height, width, number of components. ITU-T T.81, B.1 and B.2.
    private static CompressedHeader ReadJpeg(ReadOnlySpan<byte> data)
    {
        const byte startOfScan = 0xDA;
        var at = 2;
        while (at + 10 <= data.Length && data[at] == 0xFF && data[at + 1] != startOfScan)
        {
            var marker = data[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new CompressedHeader("JPEG", BinaryPrimitives.ReadUInt16BigEndian(data[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(data[(at + 5)..]), IsGray: data[at + 9] == 1);
            }

            // Fill bytes and markers without a length may stand before a segment.
            at += marker == 0xFF ? 1
                : marker is 0x01 or (>= 0xD0 and <= 0xD8) ? 2
                : 2 + BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]);
        }

        throw Damaged("JPEG");
    }

    private static ImageException Damaged(string format) => new($"{format} is damaged: its head does not say how large the picture is.");
}
